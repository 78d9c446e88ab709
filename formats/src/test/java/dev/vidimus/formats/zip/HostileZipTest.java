package dev.vidimus.formats.zip;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vidimus.artifact.Budget;
import dev.vidimus.artifact.Bytes;
import dev.vidimus.artifact.FormatException;
import dev.vidimus.artifact.Limits;
import dev.vidimus.artifact.Spool;
import dev.vidimus.formats.compressed.Inflated;
import dev.vidimus.formats.compressed.Inflation;
import dev.vidimus.testkit.Mutations;
import dev.vidimus.testkit.ZipForger;
import dev.vidimus.testkit.ZipMember;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Whatever the bytes are, reading ends, and its cost grows with the size of the file only.
@Timeout(30)
final class HostileZipTest {
  private static final int RUNS = Integer.getInteger("mutations", 3_000);
  private static final int MOST = 1 << 20;
  private static final Limits SMALL = new Limits(16, 1000, MOST, 1000, 1 << 20, 10);

  @Test
  void damagedArchivesAreReadWithoutAnException() throws IOException {
    byte[] whole =
        ZipForger.of(
                ZipMember.of("a/data.pkl", "pickle".repeat(20)).deflated(),
                ZipMember.of("a/data/0", new byte[40]).described(),
                ZipMember.of("a/version", "3\n").extra((byte) 1, (byte) 0, (byte) 8, (byte) 0))
            .zip64()
            .comment((byte) 'c')
            .bytes();
    Mutations mutations = new Mutations(1);
    for (int i = 0; i < RUNS; i++) {
      readAll(mutations.of(whole));
    }
  }

  private static void readAll(byte[] bytes) throws IOException {
    Budget budget = new Budget(SMALL);
    ZipArchive zip = ZipReader.read(Bytes.of(bytes), "a.zip", budget);
    Inflation inflation = new Inflation(budget, new Spool(Path.of("target", "spool"), MOST));
    for (ZipEntry entry : zip.entries()) {
      assertThat(entry.disagreements()).isNotNull();
      for (ZipEntry.Data data : zip.readings(entry)) {
        try (Inflated inflated = zip.open(data, "a", inflation, MOST)) {
          assertThat(inflated.content().size()).isLessThanOrEqualTo(MOST);
        } catch (FormatException.Unsupported e) {
          assertThat(e).hasMessageContaining("compression method");
        }
      }
    }
  }

  @Test
  void aHundredThousandEntriesAreReadOnce() throws IOException {
    ZipForger forger = new ZipForger();
    for (int i = 0; i < 100_000; i++) {
      forger.add(ZipMember.of("member" + i, (byte) i));
    }
    ZipArchive zip = ZipReader.read(Bytes.of(forger.bytes()), "a.zip", new Budget(Limits.DEFAULT));
    assertThat(zip.entries()).hasSize(100_000);
    assertThat(zip.problems()).isEmpty();
    assertThat(zip.gaps()).isEmpty();
  }

  @Test
  void entriesThatAllOverlapAreReadOnce() throws IOException {
    ZipForger forger = ZipForger.of(ZipMember.of("first", new byte[100]));
    for (int i = 0; i < 50_000; i++) {
      forger.addSharing(ZipMember.of("member" + i, new byte[100]), 0);
    }
    ZipArchive zip = ZipReader.read(Bytes.of(forger.bytes()), "a.zip", new Budget(Limits.DEFAULT));
    assertThat(zip.overlapping()).isEqualTo(50_000);
    assertThat(zip.overlaps()).hasSize(4);
  }

  @Test
  void endRecordsFromEndToEndAreALimit() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    // Each of them counts back to its own directory of one entry.
    byte[] zip = ZipForger.of(ZipMember.of("a", "x")).bytes();
    for (int i = 0; i < 600; i++) {
      out.writeBytes(zip);
    }
    ZipArchive read =
        ZipReader.read(Bytes.of(out.toByteArray()), "a.zip", new Budget(Limits.DEFAULT));
    assertThat(read.directories()).hasSize(8);
    assertThat(read.problems())
        .anySatisfy(e -> assertThat(e).isInstanceOf(FormatException.LimitExceeded.class));
  }

  @Test
  void signaturesWithoutHeadersAreLookedAtOnce() throws IOException {
    byte[] bytes = new byte[8 << 20];
    for (int i = 0; i < bytes.length; i += 4) {
      bytes[i] = 'P';
      bytes[i + 1] = 'K';
      bytes[i + 2] = (byte) (i % 8 == 0 ? 3 : 5);
      bytes[i + 3] = (byte) (i % 8 == 0 ? 4 : 6);
    }
    long start = System.nanoTime();
    ZipArchive zip = ZipReader.read(Bytes.of(bytes), "a.zip", new Budget(Limits.DEFAULT));
    assertThat(zip.directories()).isEmpty();
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
  }
}
