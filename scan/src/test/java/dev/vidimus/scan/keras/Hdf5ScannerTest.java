package dev.vidimus.scan.keras;

import static dev.vidimus.testkit.Hdf5Forger.hdf5;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vidimus.testkit.Hdf5Forger;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Hdf5ScannerTest {
  private static final String ORDINARY =
      "{\"class_name\":\"Sequential\",\"config\":{\"layers\":[]}}";
  private static final String LAMBDA =
      "{\"class_name\":\"Lambda\",\"config\":{\"function\":[\"4w==\",null,null]}}";

  private static KerasScans scan(Hdf5Forger file) throws IOException {
    return KerasScans.hdf5(file.bytes());
  }

  @Test
  void anOrdinaryModelIsQuiet() throws Exception {
    KerasScans scans = scan(hdf5().attribute("model_config", ORDINARY).attribute("n", "x"));
    assertThat(scans.findings()).isEmpty();
    assertThat(scans.notExamined()).isEmpty();
  }

  @Test
  void aLambdaInAnAttributeIsFoundWhateverTheAttributeIsCalled() throws Exception {
    assertThat(scan(hdf5().attribute("model_config", LAMBDA)).findings()).hasSize(1);
    assertThat(scan(hdf5().attribute("note", LAMBDA)).findings()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/etc/passwd", "../w.h5", "\\\\host\\w.h5"})
  void aLinkOutOfTheFolderIsMalicious(String file) throws Exception {
    // CVE-2026-1669
    assertThat(scan(hdf5().externalLink("w", file, "/d")).findings())
        .singleElement()
        .asString()
        .startsWith("VID-HDF-002 the link /w leads to ");
  }

  @Test
  void aLinkToAFileBesideIsSuspicious() throws Exception {
    assertThat(scan(hdf5().externalLink("w", "w.h5", "/d")).findings())
        .containsExactly("VID-HDF-003 the link /w leads to w.h5");
  }

  @Test
  void aGroupThatHoldsItselfIsVisitedOnce() throws Exception {
    Hdf5Forger file = hdf5().link("again", Hdf5Forger.ROOT).attribute("model_config", LAMBDA);
    assertThat(scan(file).findings()).hasSize(1);
  }

  @Test
  void aLinkPastTheEndBreaksTheFormatAndTheRestIsRead() throws Exception {
    Hdf5Forger file = hdf5().link("w", 1L << 40).attribute("model_config", LAMBDA);
    assertThat(scan(file).findings())
        .anyMatch(each -> each.startsWith("VID-HDF-001"))
        .anyMatch(each -> each.startsWith("VID-KERAS-001"));
  }

  @Test
  void aFileThatWasCutOffBreaksTheFormat() throws Exception {
    assertThat(scan(hdf5().attribute("n", "x").missing(100)).findings())
        .singleElement()
        .asString()
        .startsWith("VID-HDF-001 model: superblock: says that the file ends at ");
  }

  /// Files of h5py 3.7 with HDF5 1.10.8: attributes and links in heaps of one block and of blocks
  /// of blocks, an attribute too large for either, and one whose type has a name.
  @ParameterizedTest
  @ValueSource(strings = {"attributes.h5", "huge-attribute.h5", "named-type.h5"})
  void attributesInHeapsAndOfNamedTypesAreRead(String name) throws Exception {
    KerasScans scans = resource(name);
    assertThat(scans.findings()).singleElement().asString().startsWith("VID-KERAS-001");
    assertThat(scans.notExamined()).isEmpty();
  }

  @Test
  void linksInAHeapAreRead() throws Exception {
    KerasScans scans = resource("links.h5");
    assertThat(scans.findings())
        .containsExactly("VID-HDF-002 the link /outside leads to /etc/passwd");
    assertThat(scans.notExamined()).isEmpty();
  }

  private static KerasScans resource(String name) throws Exception {
    try (InputStream in = Hdf5ScannerTest.class.getResourceAsStream("/hdf5/" + name)) {
      return KerasScans.hdf5(Objects.requireNonNull(in, name).readAllBytes());
    }
  }

  @Test
  void heapThatIsNoneBreaksTheFormat() throws Exception {
    byte[] info = new byte[18]; // flags 0, the heap at 0, the index at 0
    assertThat(scan(hdf5().message(0x15, info)).findings())
        .containsExactly("VID-HDF-001 model: fractal heap: does not begin with FRHP");
  }

  @Test
  void anUnknownFilterIsMentioned() throws Exception {
    byte[] pipeline = {2, 1, 0, 0x7d, 0, 0, 0, 0, 0, 0}; // LZF, 32000
    assertThat(scan(hdf5().message(0x0b, pipeline)).findings())
        .containsExactly("VID-HDF-004 filter 32000 at /");
  }

  @Test
  void noCutIsClean() throws Exception {
    byte[] file = hdf5().attribute("model_config", ORDINARY).externalLink("w", "w", "d").bytes();
    for (int length = 8; length < file.length; length++) {
      assertThat(KerasScans.hdf5(Arrays.copyOf(file, length)).findings()).isNotEmpty();
    }
  }
}
