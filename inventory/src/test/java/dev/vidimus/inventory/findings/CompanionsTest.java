package dev.vidimus.inventory.findings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vidimus.artifact.FormatException;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CompanionsTest {
  private static final String KEV =
      "{\"vulnerabilities\":[{\"cveID\":\"CVE-1\",\"dateAdded\":\"2026-01-02\"}]}";
  private static final String VEX =
      "{\"@context\":\"https://openvex.dev/ns/v0.2.0\",\"@id\":\"https://example.com/1\","
          + "\"author\":\"acme\",\"timestamp\":\"2026-01-01T00:00:00Z\",\"version\":1,"
          + "\"statements\":[{\"vulnerability\":{\"name\":\"CVE-1\"},\"products\":[{\"@id\":"
          + "\"pkg:pypi/a\"}],\"status\":\"not_affected\",\"justification\":"
          + "\"vulnerable_code_not_present\"}]}";

  @TempDir Path folder;
  private Companions companions;

  @BeforeEach
  void begin() {
    companions = new Companions(folder.resolve("advisories"));
  }

  private Path file(String name, String text) throws Exception {
    return Files.writeString(folder.resolve(name), text);
  }

  @Test
  void whatWasImportedIsThereAgain() throws Exception {
    assertThat(companions.kev(file("kev.json", KEV))).isEqualTo(1);
    assertThat(companions.epss(file("epss.csv", "cve,epss,percentile\nCVE-1,0.5,0.9\n")))
        .isEqualTo(1);
    assertThat(companions.vex(file("vex.json", VEX))).isEqualTo(1);
    assertThat(companions.exploits().since(List.of("CVE-1"))).isEqualTo("2026-01-02");
    assertThat(companions.exploits().score(List.of("CVE-1"))).isEqualTo(0.5);
    assertThat(companions.statements()).hasSize(1);
  }

  @Test
  void oneDocumentTwiceIsOne() throws Exception {
    companions.vex(file("vex.json", VEX));
    companions.vex(file("again.json", VEX));
    companions.vex(file("other.json", VEX.replace("CVE-1", "CVE-2")));
    assertThat(companions.statements()).hasSize(2);
  }

  @Test
  void laterScoresTakeThePlaceOfEarlierOnes() throws Exception {
    companions.epss(file("epss.csv", "CVE-1,0.5,0.9\nCVE-2,0.1,0.1\n"));
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
      out.write("CVE-1,0.7,0.9\n".getBytes(StandardCharsets.UTF_8));
    }
    companions.epss(Files.write(folder.resolve("epss.csv.gz"), packed.toByteArray()));
    assertThat(companions.exploits().scores()).containsOnlyKeys("CVE-1").containsValue(0.7);
  }

  @Test
  void whatIsBrokenIsNotKept() throws Exception {
    companions.kev(file("kev.json", KEV));
    assertThatThrownBy(() -> companions.kev(file("bad.json", "{}")))
        .isInstanceOf(FormatException.class);
    assertThatThrownBy(() -> companions.vex(file("bad.json", "{}")))
        .isInstanceOf(FormatException.class);
    assertThatThrownBy(() -> companions.epss(file("bad.csv", "CVE-1,2,1\n")))
        .isInstanceOf(FormatException.class);
    assertThat(companions.exploits().known()).containsOnlyKeys("CVE-1");
    assertThat(companions.statements()).isEmpty();
    companions.clear();
    assertThat(companions.exploits().known()).isEmpty();
  }
}
