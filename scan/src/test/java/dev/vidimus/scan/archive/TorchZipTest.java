package dev.vidimus.scan.archive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vidimus.testkit.ZipForger;
import dev.vidimus.testkit.ZipMember;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

final class TorchZipTest {
  private static final byte[] PICKLE = {(byte) 0x80, 2, 'N', '.'};
  private static final byte[] PADDING = "FB\14\0ZZZZZZZZZZZZ".getBytes(StandardCharsets.ISO_8859_1);

  @Test
  void honestArchiveIsQuiet() throws IOException {
    Scanned scanned =
        Scanned.zip(
            ZipForger.of(
                    ZipMember.of("archive/data.pkl", PICKLE).described().extra(PADDING),
                    ZipMember.of("archive/byteorder", "little").described().extra(PADDING),
                    ZipMember.of("archive/data/0", new byte[256]).described().extra(PADDING),
                    ZipMember.of("archive/version", "3\n").described().extra(PADDING),
                    ZipMember.of("archive/.data/serialization_id", "0123456789").described())
                .zip64()
                .bytes());
    assertThat(scanned.findings()).isEmpty();
    assertThat(scanned.notExamined()).isEmpty();
    assertThat(scanned.unpickled()).hasSize(1);
    assertThat(scanned.payloads()).hasSize(1);
    assertThat(scanned.examined()).hasSize(1);
  }

  @Test
  void mainPickleIsUnpickledWhateverItLooksLike() throws IOException {
    assertThat(scan(ZipMember.of("archive/data.pkl", "cos\nsystem\n.")).unpickled()).hasSize(1);
  }

  @Test
  void pytorchFindsRecordsInAnyCase() throws IOException {
    assertThat(scan(ZipMember.of("Archive/DATA.PKL", "cos\nsystem\n.")).unpickled()).hasSize(1);
  }

  @Test
  void recordsThatDifferInCaseOnlyAreDuplicates() throws IOException {
    Scanned scanned =
        scan(ZipMember.of("a/data.pkl", PICKLE), ZipMember.of("a/Data.pkl", "cos\nsystem\n."));
    assertThat(scanned.alarms()).singleElement().asString().startsWith("VID-ARCHIVE-008");
    assertThat(scanned.unpickled()).hasSize(2);
  }

  @Test
  void pickleUnderTheNameOfAStorageIsExaminedAsRawNumbers() throws IOException {
    Scanned scanned =
        scan(ZipMember.of("archive/data.pkl", PICKLE), ZipMember.of("archive/data/0", PICKLE));
    assertThat(scanned.payloads()).hasSize(1);
    assertThat(scanned.unpickled()).hasSize(2);
  }

  @Test
  void storageWhoseLocalNameIsTheMainPickleIsUnpickled() throws IOException {
    Scanned scanned =
        scan(
            ZipMember.of("archive/data.pkl", PICKLE),
            ZipMember.of("archive/data/0", "cos\nsystem\n.").localName("archive/data.pkl"));
    assertThat(scanned.unpickled()).hasSize(2);
    assertThat(scanned.alarms()).anyMatch(alarm -> alarm.startsWith("VID-ARCHIVE-005 name"));
  }

  @Test
  void markThatIsNoMarkIsExamined() throws IOException {
    Scanned scanned =
        scan(ZipMember.of("a/data.pkl", PICKLE), ZipMember.of("a/version", "#!/bin/sh\n"));
    assertThat(scanned.examined()).contains("a/version=#!/bin/sh\n");
  }

  @Test
  void recordWithoutItsChecksumIsMereInformation() throws IOException {
    Scanned scanned = scan(ZipMember.of("archive/data.pkl", PICKLE).crc(0));
    assertThat(scanned.alarms()).isEmpty();
    assertThat(scanned.findings()).singleElement().asString().startsWith("VID-ARCHIVE-012");
  }

  @Test
  void torchScriptCodeIsNoGap() throws IOException {
    Scanned scanned =
        scan(
            ZipMember.of("m/constants.pkl", PICKLE),
            ZipMember.of("m/code/__torch__.py", "class M(Module):\n  pass\n"),
            ZipMember.of("m/constants/0", new byte[64]));
    assertThat(scanned.notExamined()).isEmpty();
    assertThat(scanned.payloads()).hasSize(1);
    assertThat(scanned.findings()).isEmpty();
  }

  @Test
  void otherMembersAreExaminedAsAnything() throws IOException {
    Scanned scanned =
        scan(ZipMember.of("archive/data.pkl", PICKLE), ZipMember.of("archive/lib.so", "\u007fELF"));
    assertThat(scanned.examined()).contains("archive/lib.so=\u007fELF");
  }

  private static Scanned scan(ZipMember... members) throws IOException {
    return Scanned.zip(ZipForger.of(members).bytes());
  }
}
