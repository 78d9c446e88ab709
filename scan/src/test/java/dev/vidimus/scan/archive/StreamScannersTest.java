package dev.vidimus.scan.archive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vidimus.formats.compressed.Codec;
import dev.vidimus.testkit.SevenZipForger;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

final class StreamScannersTest {
  @Test
  void compressedFileIsJudgedByItsContent() throws IOException {
    Scanned scanned = gzip(packed("content"));
    assertThat(scanned.examined()).containsExactly("model.bin=content");
    assertThat(scanned.findings()).isEmpty();
  }

  @Test
  void cutStreamIsJudgedUpToTheCut() throws IOException {
    byte[] noise = new byte[50_000];
    new Random(1).nextBytes(noise);
    noise[0] = 'x';
    byte[] packed = packed(new String(noise, StandardCharsets.ISO_8859_1));
    Scanned scanned = gzip(Arrays.copyOf(packed, packed.length / 2));
    assertThat(scanned.alarms()).singleElement().asString().startsWith("VID-ARCHIVE-015");
    assertThat(scanned.examined()).singleElement().asString().startsWith("model.bin=x");
  }

  @Test
  void bytesBehindTheStreamAreReportedAndExamined() throws IOException {
    byte[] packed = packed("content");
    byte[] longer = Arrays.copyOf(packed, packed.length + 4);
    longer[packed.length] = 'j';
    Scanned scanned = gzip(longer);
    assertThat(scanned.alarms())
        .containsExactly("VID-ARCHIVE-007 4 bytes follow the compressed data");
    assertThat(scanned.payloads()).hasSize(1);
  }

  @Test
  void paddingBehindTheStreamIsQuiet() throws IOException {
    byte[] packed = packed("content");
    assertThat(gzip(Arrays.copyOf(packed, packed.length + 512)).findings()).isEmpty();
  }

  @Test
  void bombIsReported() throws IOException {
    assertThat(gzip(packed("\0".repeat(20_000_000))).alarms())
        .singleElement()
        .asString()
        .startsWith("VID-ARCHIVE-013");
  }

  @Test
  void filesOfA7zAreExamined() throws IOException {
    Scanned scanned =
        Scanned.by(
            new SevenZipScanner(),
            new SevenZipForger()
                .file("a", "one".getBytes(StandardCharsets.UTF_8))
                .file("../b", "two".getBytes(StandardCharsets.UTF_8))
                .bytes());
    assertThat(scanned.examined()).containsExactly("a=one", "../b=two");
    assertThat(scanned.alarms())
        .containsExactly("VID-ARCHIVE-001 the name leads above its folder: ../b");
  }

  @Test
  void fileOfA7zThatCannotBeReadIsNotExamined() throws IOException {
    byte[] content = {1, 2, 3};
    Scanned scanned =
        Scanned.by(
            new SevenZipScanner(),
            new SevenZipForger()
                .file("a", content, content, new byte[] {4, 6, (byte) 0xf1, 7, 1})
                .bytes());
    assertThat(scanned.notExamined()).containsExactly("7z method AES-256 (encrypted)");
    assertThat(scanned.findings()).isEmpty();
  }

  private static Scanned gzip(byte[] bytes) throws IOException {
    return Scanned.by(new CompressedScanner(Codec.Stream.GZIP), bytes);
  }

  private static byte[] packed(String text) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(text.getBytes(StandardCharsets.ISO_8859_1));
    }
    return out.toByteArray();
  }
}
