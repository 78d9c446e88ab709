package dev.vidimus.scan.tensorflow;

import static dev.vidimus.testkit.TfliteForger.tflite;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vidimus.artifact.Bytes;
import dev.vidimus.artifact.Limits;
import dev.vidimus.artifact.Location;
import dev.vidimus.artifact.Spool;
import dev.vidimus.scan.inspection.Inspection;
import dev.vidimus.scan.inspection.ScanOptions;
import dev.vidimus.scan.inspection.Target;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TfliteScannerTest {
  private static List<String> scan(byte[] bytes) throws IOException {
    Inspection inspection =
        new Inspection(
            new ScanOptions(Limits.DEFAULT, false),
            new Spool(Path.of("target", "spool"), 1 << 20),
            (target, itself) -> {});
    Target target = Target.file(Bytes.of(bytes), Location.of("m.tflite"), "m.tflite");
    new TfliteScanner().scan(target, inspection);
    assertThat(inspection.notExamined()).isEmpty();
    return inspection.findings().stream().map(f -> f.rule() + " " + f.message()).toList();
  }

  @Test
  void aModelOfBuiltInOperatorsIsQuiet() throws Exception {
    assertThat(scan(tflite().bytes())).isEmpty();
  }

  @Test
  void anOperatorOfSomebodyElseIsSuspicious() throws Exception {
    assertThat(scan(tflite().custom("MyOp").bytes()))
        .containsExactly("VID-TFLITE-002 the operator \"MyOp\"");
  }

  @Test
  void anOperatorThatIsShippedWithTheRuntimeIsQuiet() throws Exception {
    assertThat(scan(tflite().custom("TFLite_Detection_PostProcess").bytes())).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"FlexPyFunc", "FlexWriteFile", "FlexReadFile"})
  void anOperatorOfTensorflowThatDoesHarmIsSuspicious(String name) throws Exception {
    assertThat(scan(tflite().custom(name).bytes()))
        .singleElement()
        .asString()
        .startsWith("VID-TFLITE-003 the operator \"" + name + "\" ");
  }

  @Test
  void anOrdinaryOperatorOfTensorflowIsMentioned() throws Exception {
    assertThat(scan(tflite().custom("FlexErf").bytes()))
        .containsExactly("VID-TFLITE-004 the operator \"FlexErf\"");
  }

  @Test
  void aTensorThatIsNotThereBreaksTheFormat() throws Exception {
    assertThat(scan(tflite().input(7).bytes()))
        .containsExactly("VID-TFLITE-001 m.tflite: inputs: have the tensor 7, but there are 1");
  }

  @Test
  void anInputThatIsLeftOutIsQuiet() throws Exception {
    assertThat(scan(tflite().input(-1).bytes())).isEmpty();
  }

  @Test
  void anOperatorCodeThatIsNotThereBreaksTheFormat() throws Exception {
    assertThat(scan(tflite().code(-1).bytes()))
        .containsExactly("VID-TFLITE-001 m.tflite: opcode index: is -1, but there are 1 codes");
  }

  @Test
  void aBufferThatIsNotThereBreaksTheFormat() throws Exception {
    assertThat(scan(tflite().buffer(5).bytes()))
        .containsExactly("VID-TFLITE-001 m.tflite: buffer index: is 5, but there are 1 buffers");
  }

  @Test
  void anotherVersionBreaksTheFormatAndOperatorsAreJudgedStill() throws Exception {
    assertThat(scan(tflite().version(9).custom("MyOp").bytes())).hasSize(2);
  }

  @Test
  void aCutNeverEndsInAnExceptionOrInSilence() throws Exception {
    byte[] file = tflite().custom("FlexPyFunc").bytes();
    for (int length = 0; length < file.length - 8; length++) {
      assertThat(scan(Arrays.copyOf(file, length))).as("cut at " + length).isNotEmpty();
    }
  }
}
