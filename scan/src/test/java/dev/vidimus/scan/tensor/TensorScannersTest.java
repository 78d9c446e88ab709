package dev.vidimus.scan.tensor;

import static dev.vidimus.testkit.GgufForger.gguf;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vidimus.artifact.Bytes;
import dev.vidimus.artifact.Finding;
import dev.vidimus.artifact.Level;
import dev.vidimus.artifact.Limits;
import dev.vidimus.artifact.Location;
import dev.vidimus.artifact.Rule;
import dev.vidimus.artifact.RuleId;
import dev.vidimus.artifact.Spool;
import dev.vidimus.artifact.Verdict;
import dev.vidimus.formats.detect.Format;
import dev.vidimus.scan.inspection.Inspection;
import dev.vidimus.scan.inspection.ScanOptions;
import dev.vidimus.scan.inspection.Scanner;
import dev.vidimus.scan.inspection.Target;
import dev.vidimus.scan.template.TemplateRule;
import dev.vidimus.testkit.Mutations;
import dev.vidimus.testkit.NpyForger;
import dev.vidimus.testkit.SafetensorsForger;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class TensorScannersTest {
  private static final byte[] PICKLE = "\u0080\4]\u0094.".getBytes(ISO_8859_1);

  /// What the scanner for pickles was given.
  private final List<Target> pickles = new ArrayList<>();

  private final List<Target> routed = new ArrayList<>();
  private boolean pickleAttacks;

  @Test
  void codeInSafetensorsMetadataIsAFindingAtItsPlace() throws Exception {
    byte[] file = SafetensorsForger.withMetadata("init", "os.system('id')");
    Finding finding = only(scan(Format.SAFETENSORS, file));
    assertThat(finding.rule()).isEqualTo(TensorRule.SAFETENSORS_METADATA_CODE.id());
    assertThat(finding.implies()).isEqualTo(Verdict.SUSPICIOUS);
    assertThat(finding.message()).isEqualTo("metadata \"init\" has code");
    assertThat(finding.evidence()).isEqualTo("os.system('id')");
    assertThat(finding.location().offset()).isEqualTo(8 + 24);
  }

  @Test
  void codeInMetadataStandsThoughTheHeaderBreaksLater() throws Exception {
    byte[] file = SafetensorsForger.file("{'__metadata__':{'a':'exec(x)'},'w':0}", 0);
    assertThat(scan(Format.SAFETENSORS, file).findings())
        .extracting(Finding::rule)
        .containsExactly(
            TensorRule.SAFETENSORS_METADATA_CODE.id(), TensorRule.SAFETENSORS_BROKEN.id());
  }

  @Test
  void numbersThatBeginLikeAPickleAreOnlyAFindingIfTheyAttack() throws Exception {
    String header = "{'w':{'dtype':'U8','shape':[5],'data_offsets':[0,5]}}";
    byte[] file = SafetensorsForger.file(header, PICKLE);

    assertThat(scan(Format.SAFETENSORS, file).findings()).isEmpty();
    assertThat(pickles).hasSize(1);

    pickleAttacks = true;
    Finding finding = only(scan(Format.SAFETENSORS, file));
    assertThat(finding.rule()).isEqualTo(TensorRule.SAFETENSORS_PICKLE.id());
    assertThat(finding.location().offset()).isEqualTo(file.length - PICKLE.length);
  }

  @Test
  void otherNumbersAreNotTriedAsAPickle() throws Exception {
    scan(Format.SAFETENSORS, SafetensorsForger.withMetadata("format", "pt"));
    assertThat(pickles).isEmpty();
  }

  @Test
  void theTemplatesOfAGgufAreJudgedUnderEveryName() throws Exception {
    for (String key : List.of("tokenizer.chat_template", "tokenizer.chat_template.tool_use")) {
      assertThat(scan(Format.GGUF, gguf().string(key, "{{ x }}").bytes()).findings()).isEmpty();
      Finding finding = only(scan(Format.GGUF, gguf().string(key, "{{ x.__class__ }}").bytes()));
      assertThat(finding.rule()).isEqualTo(TemplateRule.ESCAPE.id());
      assertThat(finding.message()).startsWith("chat template in \"" + key + "\" reaches");
    }
  }

  @Test
  void aTemplateOfPlainTextIsInert() throws Exception {
    Inspection inspection =
        scan(Format.GGUF, gguf().string("tokenizer.chat_template", "chatml").bytes());
    assertThat(inspection.notExamined()).isEmpty();
  }

  @Test
  void codeInGgufMetadataIsAFinding() throws Exception {
    Finding finding =
        only(scan(Format.GGUF, gguf().string("general.description", "<script>x").bytes()));
    assertThat(finding.rule()).isEqualTo(TensorRule.GGUF_METADATA_CODE.id());
  }

  @Test
  void bytesAfterTheLastTensorAreMentionedUnlessTheyArePadding() throws Exception {
    byte[] padded = gguf().tensor("w", 0, 0, 1).data(64).bytes();
    assertThat(scan(Format.GGUF, padded).findings()).isEmpty();
    padded[padded.length - 1] = 1;
    assertThat(only(scan(Format.GGUF, padded)).rule()).isEqualTo(TensorRule.GGUF_TRAILING.id());
  }

  @Test
  void anArrayOfObjectsGoesToTheScannerForPickles() throws Exception {
    byte[] file = NpyForger.array("'|O'", "(1,)", PICKLE);
    Finding finding = only(scan(Format.NPY, file));
    assertThat(finding.rule()).isEqualTo(TensorRule.NPY_OBJECTS.id());
    assertThat(pickles).singleElement().satisfies(t -> assertThat(t.bytes().size()).isEqualTo(5));
  }

  @Test
  void arraysOneAfterAnotherAreOrdinary() throws Exception {
    byte[] one = NpyForger.array("'<u1'", "(3,)", new byte[3]);
    assertThat(scan(Format.NPY, joined(one, one, one)).findings()).isEmpty();
  }

  @Test
  void objectsBehindANumberArrayAreFound() throws Exception {
    byte[] numbers = NpyForger.array("'<u1'", "(3,)", new byte[3]);
    byte[] objects = NpyForger.array("'|O'", "(1,)", PICKLE);
    scan(Format.NPY, joined(numbers, objects));
    assertThat(pickles).hasSize(1);
  }

  @Test
  void otherBytesBehindAnArrayAreInvalidAndExamined() throws Exception {
    byte[] file = joined(NpyForger.array("'<u1'", "(3,)", new byte[3]), PICKLE);
    Finding finding = only(scan(Format.NPY, file));
    assertThat(finding.rule()).isEqualTo(TensorRule.NPY_TRAILING.id());
    assertThat(finding.implies()).isEqualTo(Verdict.INVALID);
    assertThat(routed).singleElement().satisfies(t -> assertThat(t.bytes().size()).isEqualTo(5));
  }

  @Test
  void aPickleBehindAHeaderThatWeRefuseIsExamined() throws Exception {
    byte[] file = NpyForger.file(1, "{'descr': 'OX', 'fortran_order': False}", PICKLE);
    assertThat(only(scan(Format.NPY, file)).rule()).isEqualTo(TensorRule.NPY_BROKEN.id());
    assertThat(routed).hasSize(1);
  }

  @Test
  void manySmallArraysCostTheirBytesOnly() throws Exception {
    byte[] one = NpyForger.array("'<u1'", "()", new byte[1]);
    byte[] many = new byte[one.length * 100_000];
    for (int i = 0; i < 100_000; i++) {
      System.arraycopy(one, 0, many, i * one.length, one.length);
    }
    assertThat(scan(Format.NPY, many).findings()).isEmpty();
  }

  @Test
  void mutantsAreReportedNeverThrown() throws Exception {
    Map<Format, byte[]> seeds =
        Map.of(
            Format.SAFETENSORS, SafetensorsForger.withMetadata("a", "os.system('id')"),
            Format.GGUF, gguf().string("a", "b").tensor("w", 0, 0, 1).data(4).bytes(),
            Format.NPY, NpyForger.array("'|O'", "(1,)", PICKLE));
    Mutations mutations = new Mutations(6);
    for (Map.Entry<Format, byte[]> seed : seeds.entrySet()) {
      for (int i = 0; i < 20_000; i++) {
        scan(seed.getKey(), mutations.of(seed.getValue()));
      }
    }
  }

  private Inspection scan(Format format, byte[] file) throws IOException {
    Inspection inspection =
        new Inspection(
            new ScanOptions(Limits.DEFAULT, false),
            new Spool(Path.of("unused"), 1 << 20),
            (target, ignored) -> routed.add(target));
    Target target = Target.file(Bytes.of(file), Location.of("m"), "m");
    Scanner scanner = TensorScanners.byFormat(this::scanPickle).get(format);
    Objects.requireNonNull(scanner).scan(target, inspection);
    return inspection;
  }

  private void scanPickle(Target target, Inspection inspection) {
    pickles.add(target);
    if (pickleAttacks) {
      inspection.report(new Attack().at(target.location(), "calls os.system", ""));
    }
  }

  private static Finding only(Inspection inspection) {
    assertThat(inspection.findings()).hasSize(1);
    return inspection.findings().getFirst();
  }

  private static byte[] joined(byte[]... parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }

  private record Attack() implements Rule {
    @Override
    public Entry entry() {
      RuleId id = new RuleId("VID-TEST-001");
      return new Entry(id, Level.CRITICAL, Verdict.MALICIOUS, "", "", "", "", "");
    }
  }
}
