package dev.vidimus.scan.archive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vidimus.artifact.Limits;
import dev.vidimus.formats.compressed.Codec;
import dev.vidimus.testkit.Mutations;
import dev.vidimus.testkit.SevenZipForger;
import dev.vidimus.testkit.TarForger;
import dev.vidimus.testkit.ZipForger;
import dev.vidimus.testkit.ZipMember;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Whatever the bytes are, a scan ends with findings and not with an exception.
@Timeout(60)
final class HostileArchivesTest {
  private static final int RUNS = Integer.getInteger("mutations", 2_000);
  private static final byte[] PICKLE = {(byte) 0x80, 2, 'N', '.'};
  private static final Limits SMALL = new Limits(16, 1000, 1 << 20, 1000, 1 << 20, 50);

  private interface Scan {
    Scanned of(byte[] bytes) throws IOException;
  }

  @Test
  void damagedZipsAreJudged() throws IOException {
    byte[] inner = ZipForger.of(ZipMember.of("x", "y")).bytes();
    byte[] zip =
        ZipForger.of(
                ZipMember.of("a/data.pkl", PICKLE).described(),
                ZipMember.of("a/data/0", new byte[100]).deflated(),
                ZipMember.of("a/version", "3\n"),
                ZipMember.of("link", "../x").unixMode(0120777),
                ZipMember.of("inner.zip", inner))
            .zip64()
            .bytes();
    damage(1, zip, bytes -> Scanned.zip(SMALL, bytes));
  }

  @Test
  void damagedTarsAreJudged() throws IOException {
    byte[] tar =
        new TarForger()
            .file("pickle", PICKLE)
            .file("storages", PICKLE)
            .pax("size", "4")
            .file("tensors", PICKLE)
            .link('2', "l", "..")
            .end()
            .bytes();
    damage(2, tar, Scanned::tar);
  }

  @Test
  void damagedStreamsAreJudged() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write("content ".repeat(100).getBytes(StandardCharsets.UTF_8));
    }
    byte[] packed = out.toByteArray();
    damage(3, packed, bytes -> Scanned.by(new CompressedScanner(Codec.Stream.GZIP), bytes));
    byte[] archive = new SevenZipForger().file("a", packed).file("b", PICKLE).bytes();
    damage(4, archive, bytes -> Scanned.by(new SevenZipScanner(), bytes));
  }

  /// A member that holds the archive again, several times over, is opened as often as the limits of
  /// depth and entries allow.
  @Test
  void archivesThatBranchEndAtTheLimits() throws IOException {
    byte[] zip = ZipForger.of(ZipMember.of("x.pkl", PICKLE)).bytes();
    for (int level = 0; level < 12; level++) {
      zip =
          ZipForger.of(ZipMember.of("a.zip", zip).deflated(), ZipMember.of("b.zip", zip).deflated())
              .bytes();
    }
    Scanned scanned = Scanned.zip(SMALL, zip);
    assertThat(scanned.notExamined()).isNotEmpty();
    assertThat(scanned.examined()).hasSizeLessThan(3_000);
  }

  private static void damage(long seed, byte[] whole, Scan scan) throws IOException {
    Mutations mutations = new Mutations(seed);
    for (int i = 0; i < RUNS; i++) {
      assertThat(scan.of(mutations.of(whole)).findings()).hasSizeLessThanOrEqualTo(1_000);
    }
  }
}
