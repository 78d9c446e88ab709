package dev.vidimus.scan.archive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vidimus.artifact.Limits;
import dev.vidimus.artifact.Verdict;
import dev.vidimus.testkit.TarForger;
import dev.vidimus.testkit.ZipForger;
import dev.vidimus.testkit.ZipMember;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ZipScannerTest {
  private static final byte[] PICKLE = {(byte) 0x80, 4, 'N', '.'};

  @Test
  void everyMemberIsExaminedWhateverItsName() throws IOException {
    Scanned scanned =
        scan(ZipMember.of("a.txt", "one"), ZipMember.of("b/c.weights", "two").deflated());
    assertThat(scanned.examined()).containsExactly("a.txt=one", "b/c.weights=two");
    assertThat(scanned.findings()).isEmpty();
    assertThat(scanned.notExamined()).isEmpty();
  }

  @Test
  void foldersAreNoMembers() throws IOException {
    assertThat(scan(ZipMember.of("a/")).examined()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"../a", "a/../../b", "/etc/passwd", "\\windows", "C:/x", "a\\..\\..\\b"})
  void nameThatLeavesTheFolderIsReported(String name) throws IOException {
    Scanned scanned = scan(ZipMember.of(name, "x"));
    assertThat(scanned.alarms()).singleElement().asString().startsWith("VID-ARCHIVE-001 the name ");
    assertThat(scanned.examined()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a..b", "a/../b", "./a", "a/b/../../c", "..a/b"})
  void nameThatStaysInTheFolderIsQuiet(String name) throws IOException {
    assertThat(scan(ZipMember.of(name, "x")).findings()).isEmpty();
  }

  @Test
  void backslashInANameIsMereInformation() throws IOException {
    Scanned scanned = scan(ZipMember.of("a\\b.txt", "x"));
    assertThat(scanned.findings())
        .containsExactly("VID-ARCHIVE-020 the name has a backslash: a\\b.txt");
    assertThat(scanned.raw().getFirst().implies()).isEqualTo(Verdict.CLEAN);
  }

  @Test
  void nulInANameIsAmbiguous() throws IOException {
    assertThat(scan(ZipMember.of("data.pkl\0.txt", "x")).alarms())
        .containsExactly(
            "VID-ARCHIVE-019 the name goes on after a NUL, where Python cuts it:"
                + " data.pkl\\x00.txt");
  }

  @Test
  void hostileNameIsShownPrintable() throws IOException {
    Scanned scanned = scan(ZipMember.of("../\u202e\u001b[31mred", "x"));
    assertThat(scanned.alarms()).singleElement().asString().contains("../\\u202e\\x1b[31mred");
  }

  @Test
  void symbolicLinkThatLeavesIsReported() throws IOException {
    assertThat(scan(ZipMember.of("a/link", "../../etc").unixMode(0120777)).alarms())
        .containsExactly("VID-ARCHIVE-002 a symbolic link to ../../etc leads out");
  }

  @Test
  void symbolicLinkThatStaysIsQuiet() throws IOException {
    assertThat(scan(ZipMember.of("a/link", "../b").unixMode(0120777)).alarms()).isEmpty();
  }

  @Test
  void memberUnderALinkIsReported() throws IOException {
    assertThat(scan(ZipMember.of("w", "x").unixMode(0120777), ZipMember.of("w/f", "y")).alarms())
        .containsExactly("VID-ARCHIVE-003 a part of the path is a link");
  }

  @Test
  void cve20251944LocalNameThatDiffers() throws IOException {
    Scanned scanned = scan(ZipMember.of("data.pkl", PICKLE).localName("datap.kl"));
    assertThat(scanned.alarms())
        .containsExactly(
            "VID-ARCHIVE-005 name: the directory says data.pkl, the member's own header datap.kl");
    assertThat(scanned.unpickled()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {0x1, 0x20, 0x40})
  void cve20251945FlagThatOnlySomeReadersHonour(int flag) throws IOException {
    Scanned scanned = scan(ZipMember.of("data.pkl", PICKLE).flags(flag));
    assertThat(scanned.alarms())
        .containsExactly(
            "VID-ARCHIVE-010 flags 0x%x are set, but the content is plain".formatted(flag));
    assertThat(scanned.unpickled()).hasSize(1);
  }

  @Test
  void encryptedMemberIsNotExamined() throws IOException {
    byte[] cipher = {(byte) 0xe7, 0x13, (byte) 0x9b, 0x44, 0x5f, (byte) 0xd1, 2, 9, (byte) 0x99, 1};
    Scanned scanned = scan(ZipMember.of("secret", cipher).crc(7).flags(1));
    assertThat(scanned.notExamined()).containsExactly("encrypted");
    assertThat(scanned.findings()).containsExactly("VID-ARCHIVE-009 the content is encrypted");
  }

  @Test
  void cve202510156BadCrcDoesNotEndTheScan() throws IOException {
    Scanned scanned = scan(ZipMember.of("a", "x").crc(1), ZipMember.of("b.pkl", PICKLE));
    assertThat(scanned.alarms())
        .containsExactly("VID-ARCHIVE-011 declares CRC-32 00000001 but is 8cdc1683");
    assertThat(scanned.unpickled()).hasSize(1);
  }

  @Test
  void duplicateNameWithOtherContentIsReportedAndBothAreExamined() throws IOException {
    Scanned scanned = scan(ZipMember.of("a", "one"), ZipMember.of("a", "two"));
    assertThat(scanned.alarms())
        .containsExactly("VID-ARCHIVE-008 the members at bytes 0 and 34 have this name");
    assertThat(scanned.examined()).containsExactly("a=one", "a=two");
  }

  @Test
  void duplicateNameWithTheSameContentIsQuiet() throws IOException {
    assertThat(scan(ZipMember.of("a", "one"), ZipMember.of("a", "one")).findings()).isEmpty();
  }

  @Test
  void memberThatNoDirectoryListsIsReportedAndExamined() throws IOException {
    Scanned scanned = scan(ZipMember.of("a", "one"), ZipMember.of("b", "two").hidden());
    assertThat(scanned.alarms()).containsExactly("VID-ARCHIVE-006 no directory lists this member");
    assertThat(scanned.examined()).containsExactly("a=one", "b=two");
  }

  @Test
  void bytesOfNoMemberAreReportedAndExamined() throws IOException {
    byte[] zip = ZipForger.of(ZipMember.of("a", "one")).gap(PICKLE).bytes();
    Scanned scanned = Scanned.zip(zip);
    assertThat(scanned.alarms()).containsExactly("VID-ARCHIVE-007 4 bytes belong to no member");
    assertThat(scanned.payloads()).singleElement().asString().startsWith("bytes 34 to 38=");
  }

  @Test
  void bytesBeforeTheArchiveAreReported() throws IOException {
    byte[] script = "#!/bin/sh\nid\nexit\n".getBytes(StandardCharsets.UTF_8);
    Scanned scanned = Scanned.zip(ZipForger.of(ZipMember.of("a", "one")).prefix(script).bytes());
    assertThat(scanned.alarms())
        .containsExactly("VID-ARCHIVE-018 18 bytes stand before the first member");
    assertThat(scanned.raw().getFirst().evidence()).isEqualTo("#!/bin/sh\\nid\\nexit\\n");
    assertThat(scanned.examined()).containsExactly("a=one");
  }

  @Test
  void archiveInATarIsTheTarsToExamine() throws IOException {
    byte[] zip = ZipForger.of(ZipMember.of("a", "one")).bytes();
    byte[] tar = new TarForger().file("b", "two").file("weights.ckpt", zip).end().bytes();
    Scanned scanned = Scanned.zip(tar);
    assertThat(scanned.findings()).isEmpty();
    assertThat(scanned.examined()).isEmpty();
  }

  @Test
  void archiveBehindATarIsReported() throws IOException {
    byte[] zip = ZipForger.of(ZipMember.of("a", "one")).bytes();
    Scanned scanned = Scanned.zip(new TarForger().file("b", "two").end().raw(zip).bytes());
    assertThat(scanned.alarms()).anyMatch(alarm -> alarm.startsWith("VID-ARCHIVE-018"));
    assertThat(scanned.examined()).containsExactly("a=one");
  }

  @Test
  void archiveInAPickleIsExaminedWithoutAnAlarm() throws IOException {
    byte[] zip = ZipForger.of(ZipMember.of("a", "one")).bytes();
    byte[] pickle = new byte[zip.length + 6];
    System.arraycopy(new byte[] {(byte) 0x80, 3, 'C', (byte) zip.length}, 0, pickle, 0, 4);
    System.arraycopy(zip, 0, pickle, 4, zip.length);
    System.arraycopy(new byte[] {'q', '.'}, 0, pickle, zip.length + 4, 2);
    Scanned scanned = Scanned.zip(pickle);
    assertThat(scanned.alarms()).isEmpty();
    assertThat(scanned.examined()).containsExactly("a=one");
  }

  @Test
  void archiveBehindAPickleIsReported() throws IOException {
    Scanned scanned = Scanned.zip(ZipForger.of(ZipMember.of("a", "one")).prefix(PICKLE).bytes());
    assertThat(scanned.alarms())
        .containsExactly("VID-ARCHIVE-018 4 bytes stand before the first member");
    assertThat(scanned.examined()).containsExactly("a=one");
  }

  @Test
  void directoryInTheCommentIsReportedAndBothAreExamined() throws IOException {
    byte[] other = ZipForger.of(ZipMember.of("b", "two")).bytes();
    Scanned scanned = Scanned.zip(ZipForger.of(ZipMember.of("a", "one")).comment(other).bytes());
    assertThat(scanned.alarms()).anyMatch(alarm -> alarm.startsWith("VID-ARCHIVE-016"));
    assertThat(scanned.examined()).containsExactlyInAnyOrder("a=one", "b=two");
  }

  @Test
  void plainCommentIsQuiet() throws IOException {
    byte[] comment = "made by hand".getBytes(StandardCharsets.UTF_8);
    assertThat(
            Scanned.zip(ZipForger.of(ZipMember.of("a", "x")).comment(comment).bytes()).findings())
        .isEmpty();
  }

  @Test
  void bombIsReported() throws IOException {
    Scanned scanned = scan(ZipMember.of("zeros", new byte[20_000_000]).deflated());
    assertThat(scanned.alarms()).singleElement().asString().startsWith("VID-ARCHIVE-013 ");
  }

  @Test
  void arrayOfZerosIsNoBomb() throws IOException {
    byte[] array = new byte[20_000_000];
    System.arraycopy("\u0093NUMPY".getBytes(StandardCharsets.ISO_8859_1), 0, array, 0, 6);
    assertThat(scan(ZipMember.of("zeros.npy", array).deflated()).findings()).isEmpty();
  }

  @Test
  void sizeThatLiesIsReported() throws IOException {
    Scanned scanned = scan(ZipMember.of("w", new byte[2_000_000]).deflated().size(10));
    assertThat(scanned.alarms())
        .containsExactly("VID-ARCHIVE-014 declares 10 bytes but has 2000000");
  }

  @Test
  void zombieZipIsInflatedAlthoughItIsCalledStored() throws IOException {
    Scanned scanned =
        scan(ZipMember.of("a", "content ".repeat(50)).deflated().method(0).localMethod(0));
    assertThat(scanned.alarms()).contains("VID-ARCHIVE-014 declares 400 bytes but has 15");
    assertThat(scanned.examined()).anyMatch(member -> member.startsWith("a=content content"));
  }

  @Test
  void unknownMethodIsNotExamined() throws IOException {
    Scanned scanned = scan(ZipMember.of("a", "x").packedBy(9, (byte) 1));
    assertThat(scanned.notExamined()).containsExactly("compression method 9");
  }

  @Test
  void brokenMemberIsJudgedUpToTheBreak() throws IOException {
    ZipMember member = ZipMember.of("a", "content ".repeat(2000)).deflated();
    byte[] cut = Arrays.copyOf(ZipForger.of(member).bytes(), 60);
    Scanned scanned = Scanned.zip(cut);
    assertThat(scanned.findings()).anyMatch(finding -> finding.startsWith("VID-ARCHIVE-015"));
    assertThat(scanned.examined()).singleElement().asString().startsWith("a=content content");
  }

  @Test
  void membersThatShareBytesGetWhatTheirFileCouldHold() throws IOException {
    ZipMember zeros = ZipMember.of("zeros", new byte[8_000_000]).deflated();
    ZipForger forger = ZipForger.of(zeros);
    for (int i = 0; i < 200; i++) {
      forger.addSharing(ZipMember.of("zeros" + i, new byte[8_000_000]).deflated(), 0);
    }
    Scanned scanned = Scanned.zip(forger.bytes());
    assertThat(scanned.alarms()).anyMatch(alarm -> alarm.startsWith("VID-ARCHIVE-017 200 members"));
    assertThat(scanned.notExamined()).contains("members that share bytes inflate to too much");
    assertThat(scanned.examined()).hasSizeLessThan(20);
  }

  @Test
  void archivesInArchivesAreOpenedToTheLimitOfDepth() throws IOException {
    byte[] zip = ZipForger.of(ZipMember.of("x.pkl", PICKLE)).bytes();
    for (int i = 1; i < 20; i++) {
      zip = ZipForger.of(ZipMember.of("l" + i + ".zip", zip)).bytes();
    }
    Scanned scanned = Scanned.zip(zip);
    assertThat(scanned.notExamined()).containsExactly("containers nested deeper than 16");
    Limits deep = new Limits(32, 1000, 1 << 20, 1000, 1 << 20, 10);
    assertThat(Scanned.zip(deep, zip).unpickled()).hasSize(1);
  }

  private static Scanned scan(ZipMember... members) throws IOException {
    return Scanned.zip(ZipForger.of(members).bytes());
  }
}
