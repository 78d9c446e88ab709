package dev.vidimus.formats.sevenz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vidimus.artifact.Budget;
import dev.vidimus.artifact.Bytes;
import dev.vidimus.artifact.FormatException;
import dev.vidimus.artifact.Limits;
import dev.vidimus.artifact.Spool;
import dev.vidimus.formats.compressed.Inflated;
import dev.vidimus.formats.compressed.Inflation;
import dev.vidimus.testkit.Mutations;
import dev.vidimus.testkit.SevenZipForger;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.tukaani.xz.FinishableWrapperOutputStream;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.LZMAOutputStream;

final class SevenZipReaderTest {
  private static final int RUNS = Integer.getInteger("mutations", 3_000);
  private static final byte[] PLAIN = "content ".repeat(40).getBytes(StandardCharsets.UTF_8);
  private static final byte[] LZMA2_CODER = {0x21, 0x21, 1, 24};

  @Test
  void copyLzmaAndLzma2AreRead() throws Exception {
    SevenZipForger forger =
        new SevenZipForger()
            .file("a/copy.txt", PLAIN)
            .file("lzma.txt", PLAIN, lzma(), new byte[] {0x23, 3, 1, 1, 5, 0x5d, 0, 0, 16, 0})
            .file("lzma2.txt", PLAIN, lzma2(), LZMA2_CODER);
    SevenZipArchive archive = read(forger.bytes());
    assertThat(archive.problems()).isEmpty();
    assertThat(archive.unaccounted()).isZero();
    assertThat(archive.entries())
        .extracting(SevenZipEntry::name)
        .containsExactly("a/copy.txt", "lzma.txt", "lzma2.txt");
    for (int folder = 0; folder < 3; folder++) {
      try (Inflated inflated = archive.open(folder, "a.7z", inflation())) {
        assertThat(inflated.broken()).isNull();
        assertThat(inflated.content().head(1000)).isEqualTo(PLAIN);
      }
    }
  }

  @Test
  void otherCodersAreNamedAsUnsupported() throws IOException {
    SevenZipArchive archive =
        read(new SevenZipForger().file("a", PLAIN, PLAIN, new byte[] {3, 3, 4, 1}).bytes());
    assertThatThrownBy(() -> archive.open(0, "a.7z", inflation()))
        .isInstanceOf(FormatException.Unsupported.class)
        .hasMessageContaining("7z method PPMd");
  }

  @Test
  void bytesBehindTheHeaderAreUnaccounted() throws IOException {
    assertThat(read(new SevenZipForger().file("a", PLAIN).suffix(new byte[7]).bytes()))
        .extracting(SevenZipArchive::unaccounted)
        .isEqualTo(7L);
  }

  @Test
  void headerBehindTheEndIsMalformed() throws IOException {
    byte[] bytes = new SevenZipForger().file("a", PLAIN).bytes();
    bytes[12] ^= 0x10;
    assertThat(read(bytes).problems())
        .last()
        .asString()
        .contains("7z header offset")
        .contains("follow");
  }

  @Test
  void numberOfFilesIsCheckedAgainstTheHeader() throws IOException {
    byte[] bytes = new SevenZipForger().file("a", PLAIN).bytes();
    // The number of files: nine bytes before the property of names.
    bytes[bytes.length - 1 - 1 - 5 - 9 - 1 - 8 + 2] = 1;
    assertThat(read(bytes).problems()).last().asString().contains("7z files").contains("over");
  }

  @Test
  void damagedArchivesAreReadWithoutAnException() throws IOException {
    byte[] whole =
        new SevenZipForger().file("a", PLAIN).file("b", PLAIN, lzma2(), LZMA2_CODER).bytes();
    Mutations mutations = new Mutations(3);
    for (int i = 0; i < RUNS; i++) {
      Budget budget = new Budget(new Limits(16, 1000, 1 << 20, 1000, 1 << 20, 10));
      Inflation inflation = new Inflation(budget, spool());
      SevenZipArchive archive =
          SevenZipReader.read(Bytes.of(mutations.of(whole)), "a.7z", budget, inflation);
      for (int folder = 0; folder < archive.folders(); folder++) {
        try (Inflated inflated = archive.open(folder, "a.7z", inflation)) {
          assertThat(inflated.content().size()).isLessThanOrEqualTo(1 << 20);
        } catch (FormatException e) {
          assertThat(e).hasMessageContaining("7z method");
        }
      }
    }
  }

  private static byte[] lzma2() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (var packing =
        new LZMA2Options(1).getOutputStream(new FinishableWrapperOutputStream(out))) {
      packing.write(PLAIN);
    }
    return out.toByteArray();
  }

  private static byte[] lzma() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    LZMA2Options options = new LZMA2Options(1);
    try (var packing = new LZMAOutputStream(out, options, false)) {
      packing.write(PLAIN);
    }
    return out.toByteArray();
  }

  private static SevenZipArchive read(byte[] bytes) throws IOException {
    return SevenZipReader.read(Bytes.of(bytes), "a.7z", new Budget(Limits.DEFAULT), inflation());
  }

  private static Inflation inflation() {
    return new Inflation(new Budget(Limits.DEFAULT), spool());
  }

  private static Spool spool() {
    return new Spool(Path.of("target", "spool"), 1 << 20);
  }
}
