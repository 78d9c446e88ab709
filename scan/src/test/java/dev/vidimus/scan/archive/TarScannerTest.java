package dev.vidimus.scan.archive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vidimus.testkit.TarForger;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class TarScannerTest {
  private static final byte[] PICKLE = {(byte) 0x80, 2, 'N', '.'};

  @Test
  void everyFileIsExamined() throws IOException {
    Scanned scanned = scan(new TarForger().file("./a", "one").file("b/c", "two").end());
    assertThat(scanned.examined()).containsExactly("./a=one", "b/c=two");
    assertThat(scanned.findings()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"../a", "/etc/passwd", "a/../../b"})
  void nameThatLeavesTheFolderIsReported(String name) throws IOException {
    assertThat(scan(new TarForger().file(name, "x").end()).alarms())
        .singleElement()
        .asString()
        .startsWith("VID-ARCHIVE-001");
  }

  @Test
  void linkThatLeavesAndAFileThroughItAreReported() throws IOException {
    TarForger tar = new TarForger().link('2', "w", "/etc").file("w/passwd", "x").end();
    assertThat(scan(tar).alarms())
        .containsExactly(
            "VID-ARCHIVE-002 a symbolic link to /etc leads out",
            "VID-ARCHIVE-003 a part of the path is a link");
  }

  @Test
  void linkThatStaysIsQuiet() throws IOException {
    TarForger tar = new TarForger().file("a/b", "x").link('2', "a/c", "b").end();
    assertThat(scan(tar).findings()).isEmpty();
  }

  @Test
  void hardLinkThatLeavesIsReported() throws IOException {
    assertThat(scan(new TarForger().link('1', "a", "../../etc/passwd").end()).alarms())
        .containsExactly("VID-ARCHIVE-002 a hard link to ../../etc/passwd leads out");
  }

  @Test
  void cpython157190HardLinkToASymbolicLinkIsReported() throws IOException {
    TarForger tar = new TarForger().link('2', "a", "b").link('1', "c", "a").end();
    assertThat(scan(tar).alarms())
        .containsExactly("VID-ARCHIVE-003 a hard link to a symbolic link");
  }

  @ParameterizedTest
  @CsvSource({"3,character device", "4,block device", "6,named pipe"})
  void deviceIsReported(char type, String word) throws IOException {
    assertThat(scan(new TarForger().link(type, "dev", "").end()).alarms())
        .containsExactly("VID-ARCHIVE-004 the member is a " + word);
  }

  @Test
  void cve202562518SizesThatDisagreeAreReported() throws IOException {
    byte[] inner = new TarForger().file("inner", "x").bytes();
    TarForger tar =
        new TarForger()
            .pax("size", String.valueOf(inner.length))
            .header('0', "outer", "", 0)
            .data(inner)
            .end();
    Scanned scanned = scan(tar);
    assertThat(scanned.alarms())
        .containsExactly("VID-ARCHIVE-005 size: the header says 0, the extended header 1024");
    assertThat(scanned.examined()).singleElement().asString().startsWith("outer=inner");
  }

  @Test
  void membersBehindTheEndMarkAreReportedAndExamined() throws IOException {
    Scanned scanned = scan(new TarForger().file("a", "x").end().file("b", "y").end());
    assertThat(scanned.alarms())
        .containsExactly("VID-ARCHIVE-006 members follow the end mark, where Python stops reading");
    assertThat(scanned.examined()).containsExactly("a=x", "b=y");
  }

  @Test
  void bytesBehindTheEndMarkAreReported() throws IOException {
    byte[] junk = "junk".repeat(128).getBytes(StandardCharsets.US_ASCII);
    Scanned scanned = scan(new TarForger().file("a", "x").end().raw(junk));
    assertThat(scanned.alarms())
        .containsExactly("VID-ARCHIVE-007 512 bytes follow the end of the archive");
  }

  @Test
  void checkpointOfTorch011IsUnpickledMemberByMember() throws IOException {
    TarForger tar =
        new TarForger()
            .file("sys_info", PICKLE)
            .file("pickle", PICKLE)
            .file("storages", PICKLE)
            .file("tensors", PICKLE)
            .end();
    Scanned scanned = scan(tar);
    assertThat(scanned.unpickled())
        .extracting(text -> text.substring(0, text.indexOf('=')))
        .contains("sys_info", "pickle", "storages", "tensors");
    assertThat(scanned.alarms()).isEmpty();
  }

  @Test
  void memberOfATorchTarThatComesTwiceIsReported() throws IOException {
    TarForger tar = new TarForger().file("pickle", PICKLE).file("storages", PICKLE);
    assertThat(scan(tar.file("./pickle", "cos\nsystem\n.").end()).alarms())
        .containsExactly("VID-ARCHIVE-008 a PyTorch member comes twice");
  }

  private static Scanned scan(TarForger forger) throws IOException {
    return Scanned.tar(forger.bytes());
  }
}
