package dev.vidimus.formats.zip;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vidimus.artifact.Budget;
import dev.vidimus.artifact.Bytes;
import dev.vidimus.artifact.FormatException;
import dev.vidimus.artifact.Limits;
import dev.vidimus.artifact.Spool;
import dev.vidimus.formats.compressed.Inflated;
import dev.vidimus.formats.compressed.Inflation;
import dev.vidimus.testkit.ZipForger;
import dev.vidimus.testkit.ZipMember;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ZipReaderTest {
  private static final Charset UTF = StandardCharsets.UTF_8;
  private static final Budget BUDGET = new Budget(Limits.DEFAULT);

  @Test
  void honestArchiveHasNothingBesideItsMembers() throws IOException {
    ZipArchive zip =
        read(
            ZipForger.of(
                ZipMember.of("a.txt", "first"),
                ZipMember.of("b.txt", "second".repeat(50)).deflated(),
                ZipMember.of("c.txt", "third").described()));
    assertThat(zip.entries()).extracting(ZipEntry::name).containsExactly("a.txt", "b.txt", "c.txt");
    assertThat(text(zip, 0)).isEqualTo("first");
    assertThat(text(zip, 1)).isEqualTo("second".repeat(50));
    assertThat(text(zip, 2)).isEqualTo("third");
    assertQuiet(zip);
  }

  @Test
  void storedContentIsAPartOfTheFile() throws IOException {
    ZipArchive zip = read(ZipForger.of(ZipMember.of("a", "content")));
    ZipEntry.Data data = zip.readings(zip.entries().getFirst()).getFirst();
    assertThat(data.at()).isEqualTo(31);
    assertThat(zip.packed(data).size()).isEqualTo(7);
  }

  @Test
  void zip64AsPyTorchWritesItIsOneDirectory() throws IOException {
    ZipArchive zip = read(ZipForger.of(ZipMember.of("a/data.pkl", "x").described()).zip64());
    assertThat(zip.directories()).hasSize(1);
    assertQuiet(zip);
  }

  @Test
  void paddingInExtraFieldsIsNoGap() throws IOException {
    byte[] padding = "FB\14\0ZZZZZZZZZZZZ".getBytes(StandardCharsets.ISO_8859_1);
    assertQuiet(read(ZipForger.of(ZipMember.of("a", "x").extra(padding))));
  }

  @Test
  void zerosBetweenMembersAreNoGap() throws IOException {
    assertQuiet(read(ZipForger.of(ZipMember.of("a", "x")).gap(new byte[64])));
  }

  @Test
  void bytesBeforeTheDirectoryAreAGap() throws IOException {
    ZipArchive zip = read(ZipForger.of(ZipMember.of("a", "x")).gap("hidden".getBytes(UTF)));
    assertThat(zip.gaps()).containsExactly(new Gap(32, 38));
  }

  @Test
  void bytesBeforeTheArchiveShiftItsOffsets() throws IOException {
    ZipArchive zip = read(ZipForger.of(ZipMember.of("a", "x")).prefix("#!/bin/sh\n".getBytes(UTF)));
    assertThat(zip.directories().getFirst().shift()).isEqualTo(10);
    assertThat(zip.gaps()).containsExactly(new Gap(0, 10));
    assertThat(text(zip, 0)).isEqualTo("x");
    assertThat(zip.problems()).isEmpty();
  }

  @Test
  void bytesBehindTheArchiveAreAGap() throws IOException {
    ZipArchive zip = read(ZipForger.of(ZipMember.of("a", "x")).suffix("junk".getBytes(UTF)));
    assertThat(zip.gaps()).hasSize(1).first().extracting(Gap::length).isEqualTo(4L);
  }

  @Test
  void memberThatTheDirectoryOmitsIsHidden() throws IOException {
    ZipArchive zip =
        read(
            ZipForger.of(
                ZipMember.of("a", "x"),
                ZipMember.of("b", "y").hidden(),
                ZipMember.of("c", "z").described().hidden()));
    assertThat(zip.entries()).hasSize(1);
    assertThat(zip.hidden()).extracting(ZipEntry::name).containsExactly("b", "c");
    assertThat(zip.gaps()).isEmpty();
  }

  @Test
  void withoutAnEndRecordTheLocalHeadersRemain() throws IOException {
    byte[] whole =
        ZipForger.of(ZipMember.of("a", "first"), ZipMember.of("b", "second").described()).bytes();
    ZipArchive zip = read(Arrays.copyOf(whole, whole.length - 30));
    assertThat(zip.problems())
        .singleElement()
        .asString()
        .contains("end of central directory")
        .contains("is missing");
    assertThat(zip.hidden()).extracting(ZipEntry::name).containsExactly("a", "b");
    assertThat(content(zip, zip.hidden().get(1))).isEqualTo("second");
  }

  @Test
  void headersThatDifferAreTold() throws IOException {
    ZipArchive zip =
        read(ZipForger.of(ZipMember.of("data.pkl", "x").localName("datap.kl").localMethod(99)));
    assertThat(zip.entries().getFirst().disagreements())
        .containsExactly(
            new ZipEntry.Disagreement("name", "data.pkl", "datap.kl"),
            new ZipEntry.Disagreement("method", "0", "99"));
    assertThat(zip.readings(zip.entries().getFirst()))
        .extracting(ZipEntry.Data::method)
        .containsExactly(0, 99);
  }

  @Test
  void storedSizesThatDifferAreThreeReadings() throws IOException {
    ZipArchive zip = read(ZipForger.of(ZipMember.of("a", "0123456789").size(4)));
    assertThat(zip.readings(zip.entries().getFirst()))
        .extracting(ZipEntry.Data::packed)
        .containsExactly(10L, 4L, 10L);
  }

  @Test
  void endRecordInTheCommentIsASecondDirectory() throws IOException {
    byte[] other = ZipForger.of(ZipMember.of("other", "y")).bytes();
    ZipArchive zip = read(ZipForger.of(ZipMember.of("a", "x")).comment(other));
    assertThat(zip.directories()).hasSize(2);
    assertThat(zip.entries()).extracting(ZipEntry::name).containsExactly("other", "a");
  }

  @Test
  void archiveInAnArchiveIsNoSecondDirectory() throws IOException {
    byte[] inner = ZipForger.of(ZipMember.of("inner", "y")).bytes();
    assertQuiet(read(ZipForger.of(ZipMember.of("inner.zip", inner))));
  }

  @Test
  void membersThatShareBytesOverlap() throws IOException {
    ZipMember first = ZipMember.of("a", "x");
    ZipArchive zip = read(ZipForger.of(first).addSharing(ZipMember.of("b", "x"), 0));
    assertThat(zip.overlapping()).isEqualTo(1);
    assertThat(zip.overlaps()).containsExactly("a and b");
  }

  @Test
  void declaredNumberOfEntriesIsChecked() throws IOException {
    ZipArchive zip = read(ZipForger.of(ZipMember.of("a", "x")).declaring(3));
    assertThat(zip.problems())
        .singleElement()
        .asString()
        .contains("declares 3 entries in 47 bytes but 1 in 47 bytes are there");
  }

  @Test
  void dataBehindTheEndOfTheFileIsCut() throws IOException {
    ZipArchive zip = read(ZipForger.of(ZipMember.of("a", "x").packed(5000)));
    assertThat(zip.problems())
        .singleElement()
        .asString()
        .contains("declares 5000 bytes of data but 70 follow");
    assertThat(zip.readings(zip.entries().getFirst()).getFirst().packed()).isEqualTo(70);
  }

  @Test
  void emptyArchiveIsWellFormed() throws IOException {
    assertQuiet(read(ZipForger.of()));
  }

  @Test
  void entriesOverTheBudgetAreALimit() throws IOException {
    byte[] zip = ZipForger.of(ZipMember.of("a", "x"), ZipMember.of("b", "y")).bytes();
    Budget one = new Budget(new Limits(16, 1, 1000, 1000, 1000, 10));
    assertThat(ZipReader.read(Bytes.of(zip), "a.zip", one).problems())
        .first()
        .isInstanceOf(FormatException.LimitExceeded.class);
  }

  private static void assertQuiet(ZipArchive zip) {
    assertThat(zip.directories()).hasSize(1);
    assertThat(zip.problems()).isEmpty();
    assertThat(zip.gaps()).isEmpty();
    assertThat(zip.hidden()).isEmpty();
    assertThat(zip.overlapping()).isZero();
    assertThat(zip.entries())
        .allSatisfy(
            entry -> {
              assertThat(entry.disagreements()).isEmpty();
              assertThat(entry.descriptorDiffers()).isFalse();
            });
  }

  private static ZipArchive read(ZipForger forger) throws IOException {
    return read(forger.bytes());
  }

  private static ZipArchive read(byte[] bytes) throws IOException {
    return ZipReader.read(Bytes.of(bytes), "a.zip", BUDGET);
  }

  private static String text(ZipArchive zip, int index) throws IOException {
    return content(zip, zip.entries().get(index));
  }

  private static String content(ZipArchive zip, ZipEntry entry) throws IOException {
    Inflation inflation = new Inflation(BUDGET, new Spool(Path.of("target", "spool"), 1 << 20));
    List<ZipEntry.Data> readings = zip.readings(entry);
    try (Inflated inflated = zip.open(readings.getFirst(), "a", inflation, 1 << 20)) {
      return new String(inflated.content().head(1 << 20), UTF);
    } catch (FormatException.Unsupported e) {
      throw new AssertionError(e);
    }
  }
}
