package dev.vidimus.scan.xml;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vidimus.artifact.Bytes;
import dev.vidimus.artifact.Limits;
import dev.vidimus.artifact.Location;
import dev.vidimus.artifact.NotExamined;
import dev.vidimus.artifact.Spool;
import dev.vidimus.scan.inspection.Inspection;
import dev.vidimus.scan.inspection.ScanOptions;
import dev.vidimus.scan.inspection.Target;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class XmlScannerTest {
  private static List<String> scan(String document) throws IOException {
    Inspection inspection =
        new Inspection(
            new ScanOptions(Limits.DEFAULT, false),
            new Spool(Path.of("target", "spool"), 1 << 20),
            (target, itself) -> {});
    Bytes bytes = Bytes.of(document.getBytes(StandardCharsets.UTF_8));
    new XmlScanner().scan(Target.file(bytes, Location.of("m.xml"), "m.xml"), inspection);
    List<String> said = new ArrayList<>();
    inspection.findings().forEach(finding -> said.add(finding.rule() + " " + finding.message()));
    inspection.notExamined().stream().map(NotExamined::reason).forEach(said::add);
    return said;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<?xml version='1.0' encoding=\"UTF-8\"?>\n<PMML version='4.4'><Header/></PMML>",
        "<p:PMML xmlns:p='x'><!-- a -- > b --->text &amp; <![CDATA[<]]]>]]></p:PMML>",
        "<net version='11'><layers><layer type='Parameter' version='opset1'/></layers></net>",
        "<PMML><Apply function='lowercase'/></PMML>\n"
      })
  void ordinaryModelsAreQuiet(String document) throws Exception {
    assertThat(scan(document)).isEmpty();
  }

  @Test
  void anExternalEntityIsSuspicious() throws Exception {
    assertThat(scan("<!DOCTYPE p [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><PMML a='&x;'/>"))
        .containsExactly("VID-XML-002 ENTITY x SYSTEM 'file:///etc/passwd'");
    assertThat(scan("<!DOCTYPE p SYSTEM 'http://x.invalid/d'><PMML/>")).hasSize(1);
  }

  @Test
  void entitiesOfItsOwnAreSuspicious() throws Exception {
    assertThat(scan("<!DOCTYPE p [<!ENTITY a 'SYSTEM'><!ENTITY b '&a;&a;'>]><PMML/>"))
        .containsExactly("VID-XML-003 ENTITY a 'SYSTEM'", "VID-XML-003 ENTITY b '&a;&a;'");
  }

  @Test
  void aLayerOfSomebodyElseIsSuspicious() throws Exception {
    assertThat(scan("<net><layer type='Python' version='extension'/></net>"))
        .containsExactly("VID-XML-004 a layer \"Python\" of \"extension\"");
  }

  @Test
  void aFunctionThatIsAClassIsSuspicious() throws Exception {
    assertThat(scan("<PMML><Apply function='com.example.Evil'/></PMML>"))
        .containsExactly("VID-XML-004 the function \"com.example.Evil\"");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<PMML>",
        "<PMML></net>",
        "<PMML/><PMML/>",
        "<PMML a='1' a='2'/>",
        "<PMML a=1/>",
        "<PMML",
        "x<PMML/>",
        "<PMML><!-- </PMML>",
        "<PMML/><!DOCTYPE p>"
      })
  void whatIsNotWellFormedBreaksTheFormat(String document) throws Exception {
    assertThat(scan(document)).anyMatch(each -> each.startsWith("VID-XML-001"));
  }

  @Test
  void elementsNestedWithoutEndAreNotExaminedToTheEnd() throws Exception {
    assertThat(scan("<PMML>" + "<a>".repeat(10_000)))
        .containsExactly("m.xml: document: elements nested deeper than 256");
  }

  @Test
  void anotherKindIsNotExamined() throws Exception {
    assertThat(scan("<svg/>"))
        .containsExactly("format not read: xml of another kind than PMML, OpenVINO");
  }
}
