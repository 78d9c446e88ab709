package dev.vidimus.scan.content;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vidimus.artifact.Bytes;
import dev.vidimus.artifact.Finding;
import dev.vidimus.artifact.Limits;
import dev.vidimus.artifact.Location;
import dev.vidimus.artifact.RuleId;
import dev.vidimus.artifact.Spool;
import dev.vidimus.formats.detect.Detection;
import dev.vidimus.formats.detect.Detector;
import dev.vidimus.formats.detect.Format;
import dev.vidimus.scan.inspection.Inspection;
import dev.vidimus.scan.inspection.ScanOptions;
import dev.vidimus.scan.inspection.Scanner;
import dev.vidimus.scan.inspection.Target;
import dev.vidimus.scan.inspection.Target.Purpose;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class ContentScannersTest {
  private static final String ELF = "\u007fELF\2\1\1\0";

  @Test
  void aProgramUnderAModelsNameIsDisguised() throws Exception {
    assertThat(rules(scan(ELF, "weights.bin")))
        .containsExactly(ContentRule.DISGUISED_EXECUTABLE.id());
    assertThat(rules(scan(ELF, "README.md"))).contains(ContentRule.DISGUISED_EXECUTABLE.id());
  }

  @Test
  void aProgramUnderItsOwnNameIsOneAllTheSame() throws Exception {
    for (String name : List.of("tool", "libx.so", "libx.so.1.2")) {
      assertThat(rules(scan(ELF, name))).as(name).containsExactly(ContentRule.EXECUTABLE.id());
    }
  }

  @Test
  void aScriptUnderAModelsNameIsDisguised() throws Exception {
    assertThat(rules(scan("#!/bin/sh\nid\n", "m.pt")))
        .containsExactly(ContentRule.DISGUISED_SCRIPT.id());
  }

  @Test
  void aScriptUnderItsOwnNameIsNotRead() throws Exception {
    Inspection inspection = scan("#!/bin/sh\nid\n", "train.sh");
    assertThat(inspection.findings()).isEmpty();
    assertThat(inspection.notExamined()).hasSize(1);
  }

  @Test
  void anErrorPageInPlaceOfAModelIsInvalid() throws Exception {
    assertThat(rules(scan("<!doctype html><title>404", "m.safetensors")))
        .containsExactly(ContentRule.NOT_THE_MODEL.id());
  }

  @Test
  void anLfsPointerIsInvalidUnderAnyName() throws Exception {
    String pointer = "version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n";
    for (String name : List.of("m.safetensors", "tokenizer.json", "m")) {
      assertThat(rules(scan(pointer, name))).containsExactly(ContentRule.NOT_THE_MODEL.id());
    }
  }

  @Test
  void anEmptyModelIsInvalidAndAnEmptyNoteIsNot() throws Exception {
    assertThat(rules(scan("", "m.pkl"))).containsExactly(ContentRule.EMPTY_MODEL.id());
    assertThat(scan("", "__init__.py").findings()).isEmpty();
    assertThat(scan("", "README").findings()).isEmpty();
  }

  @Test
  void documentationAndPicturesAreClean() throws Exception {
    assertClean(scan("# Model", "README.md"));
    assertClean(scan("*.pt filter=lfs", ".gitattributes"));
    assertClean(scan("\u0089PNG\r\n\u001a\n", "plot.png"));
  }

  @Test
  void unknownBytesAreAGapUnlessTheyAreAPayload() throws Exception {
    assertThat(scan("\1\2\3", "x").notExamined()).hasSize(1);
    assertClean(scan("\1\2\3", "x", Purpose.PAYLOAD));
    assertClean(scan("", "x", Purpose.PAYLOAD));
  }

  @Test
  void aNameThatPromisesNoCodeOverAPickleIsSuspicious() throws Exception {
    assertThat(checked("\u0080\4]\u0094.", "m.safetensors"))
        .containsExactly(ContentRule.HIDDEN_CODE_FORMAT.id());
    assertThat(checked("\u0080\4]\u0094.", "notes.txt"))
        .containsExactly(ContentRule.HIDDEN_CODE_FORMAT.id());
  }

  @Test
  void otherDisagreementIsMentioned() throws Exception {
    assertThat(checked("GGUF\3\0\0\0", "m.safetensors"))
        .containsExactly(ContentRule.OTHER_FORMAT.id());
    assertThat(checked("GGUF\3\0\0\0", "m.gguf")).isEmpty();
    assertThat(checked("GGUF\3\0\0\0", "m")).isEmpty();
  }

  @Test
  void oneDisguiseIsReportedOnce() throws Exception {
    assertThat(checked(ELF, "m.pt")).isEmpty();
    assertThat(checked("", "m.pt")).isEmpty();
  }

  private static Inspection scan(String latin, String name) throws IOException {
    return scan(latin, name, Purpose.ANY);
  }

  private static Inspection scan(String latin, String name, Purpose purpose) throws IOException {
    Inspection inspection = inspection();
    Target target = target(latin, name, purpose);
    for (Format format : Detector.detect(target.bytes(), name).formats()) {
      Scanner scanner = ContentScanners.byFormat().get(format);
      if (scanner != null) {
        scanner.scan(target, inspection);
      }
    }
    return inspection;
  }

  private static List<RuleId> checked(String latin, String name) throws IOException {
    Inspection inspection = inspection();
    Target target = target(latin, name, Purpose.ANY);
    Detection detection = Detector.detect(target.bytes(), name);
    NameCheck.check(target, detection, inspection);
    return rules(inspection);
  }

  private static Target target(String latin, String name, Purpose purpose) {
    Bytes bytes = Bytes.of(latin.getBytes(ISO_8859_1));
    return new Target(bytes, Location.of(name), name, 0, purpose);
  }

  private static Inspection inspection() {
    return new Inspection(
        new ScanOptions(Limits.DEFAULT, false),
        new Spool(Path.of("unused"), 1 << 20),
        (target, ignored) -> {});
  }

  private static List<RuleId> rules(Inspection inspection) {
    return inspection.findings().stream().map(Finding::rule).toList();
  }

  private static void assertClean(Inspection inspection) {
    assertThat(inspection.findings()).isEmpty();
    assertThat(inspection.notExamined()).isEmpty();
  }
}
