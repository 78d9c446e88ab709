package dev.vidimus.scan.operator;

import static dev.vidimus.scan.WholeScan.report;
import static dev.vidimus.scan.WholeScan.rules;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vidimus.testkit.ExecutorchForger;
import dev.vidimus.testkit.ProtoForger;
import dev.vidimus.testkit.Torch7Forger;
import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OperatorScannersTest {
  private static final ProtoForger CUSTOM_LAYER =
      ProtoForger.message().text(1, "c").inside(500, ProtoForger.message().text(10, "EvilLayer"));

  private static ProtoForger network(ProtoForger layer) {
    return ProtoForger.message().inside(1, layer);
  }

  private static byte[] coreml(int field, ProtoForger content) {
    return ProtoForger.message().number(1, 4).inside(field, content).bytes();
  }

  @Test
  void customLayerOfCoremlIsFoundInEveryKindOfNetwork() throws IOException {
    for (int field : new int[] {500, 403, 303}) {
      assertThat(rules(report("m.mlmodel", coreml(field, network(CUSTOM_LAYER)))))
          .containsExactly("VID-OPERATOR-002");
    }
  }

  @Test
  void customLayerOfCoremlIsFoundInPipelinesAndLoops() throws IOException {
    ProtoForger loop =
        ProtoForger.message().inside(615, ProtoForger.message().inside(4, network(CUSTOM_LAYER)));
    ProtoForger model = ProtoForger.message().number(1, 4).inside(500, network(loop));
    assertThat(rules(report("m.mlmodel", coreml(202, ProtoForger.message().inside(1, model)))))
        .containsExactly("VID-OPERATOR-002");
  }

  @Test
  void customModelOfCoremlIsFound() throws IOException {
    assertThat(rules(report("m.mlmodel", coreml(555, ProtoForger.message().text(10, "Evil")))))
        .containsExactly("VID-OPERATOR-002");
  }

  @Test
  void ordinaryModelOfCoremlIsQuiet() throws IOException {
    ProtoForger dense = ProtoForger.message().text(1, "d").inside(140, ProtoForger.message());
    assertThat(rules(report("m.mlmodel", coreml(500, network(dense))))).isEmpty();
  }

  @Test
  void programOfCoremlIsNotExamined() throws IOException {
    assertThat(rules(report("m.mlmodel", coreml(502, ProtoForger.message()))))
        .containsExactly("incomplete");
  }

  @ParameterizedTest
  @ValueSource(strings = {"py_func", "save_combine", "listen_and_serv"})
  void operatorOfPaddleThatReachesOutIsFound(String type) throws IOException {
    assertThat(rules(report("m.pdmodel", paddle(type)))).containsExactly("VID-OPERATOR-003");
  }

  @Test
  void ordinaryProgramOfPaddleIsQuiet() throws IOException {
    assertThat(rules(report("m.pdmodel", paddle("matmul_v2")))).isEmpty();
  }

  private static byte[] paddle(String type) {
    ProtoForger operator = ProtoForger.message().text(3, type);
    return ProtoForger.message().inside(1, ProtoForger.message().inside(4, operator)).bytes();
  }

  @Test
  void layerOfPythonInCaffeIsFound() throws IOException {
    ProtoForger layer =
        ProtoForger.message().text(2, "Python").inside(130, ProtoForger.message().text(1, "evil"));
    byte[] network = ProtoForger.message().inside(100, layer).bytes();
    assertThat(rules(report("m.caffemodel", network)))
        .containsExactly("VID-OPERATOR-003", "VID-OPERATOR-002");
    assertThat(rules(report("m.prototxt", "layer { name: 'p' type: \"Python\" }")))
        .containsExactly("VID-OPERATOR-002");
  }

  @Test
  void backendOfTritonThatIsNotItsOwnIsFound() throws IOException {
    assertThat(rules(report("config.pbtxt", "name: 'm' backend: 'evil' input [ { name: 'x' } ]")))
        .containsExactly("VID-OPERATOR-002");
    assertThat(rules(report("config.pbtxt", "name: 'm' backend: 'onnxruntime'"))).isEmpty();
  }

  @Test
  void operatorInAGraphAsTextIsFound() throws IOException {
    String graph = "library { function { node_def { name: 'w' op: 'Write' 'File' } } }";
    assertThat(rules(report("graph.pbtxt", graph))).containsExactly("VID-TF-002");
    assertThat(rules(report("graph.pbtxt", "node { name: 'a' op: 'Add' }"))).isEmpty();
  }

  @Test
  void programOfExecutorchIsQuietWithItsOwnOperators() throws IOException {
    assertThat(rules(report("m.pte", ExecutorchForger.program("aten::add", "XnnpackBackend"))))
        .isEmpty();
  }

  @Test
  void foreignOperatorsAndBackendsOfExecutorchAreFound() throws IOException {
    assertThat(rules(report("m.pte", ExecutorchForger.program("evil::run", "XnnpackBackend"))))
        .containsExactly("VID-OPERATOR-002");
    assertThat(rules(report("m.pte", ExecutorchForger.program("aten::add", "CudaBackend"))))
        .containsExactly("VID-OPERATOR-002");
  }

  @Test
  void truncatedProgramOfExecutorchIsBroken() throws IOException {
    byte[] program = ExecutorchForger.program("aten::add", "XnnpackBackend");
    byte[] cut = Arrays.copyOf(program, 40);
    assertThat(rules(report("m.pte", cut))).containsExactly("VID-OPERATOR-001");
  }

  @Test
  void tensorOfTorch7IsQuiet() throws IOException {
    assertThat(rules(report("m.t7", Torch7Forger.floats(2)))).isEmpty();
  }

  @Test
  void storageOfTorch7BeyondTheFileIsBroken() throws IOException {
    assertThat(rules(report("m.t7", Torch7Forger.floats(1 << 20))))
        .containsExactly("VID-OPERATOR-001");
  }

  @Test
  void compiledFunctionOfTorch7IsFound() throws IOException {
    String function = "3\n1\n1\n2\n3\nrun\n8\n2\n4\n\033Lua\n3\n3\n0\n";
    assertThat(rules(report("m.t7", function))).containsExactly("VID-OPERATOR-004");
  }

  @Test
  void foreignClassOfTorch7IsFound() throws IOException {
    assertThat(rules(report("m.t7", "4\n1\n3\nV 1\n9\nevil.Code\n3\n2\n0\n")))
        .containsExactly("VID-OPERATOR-002");
  }

  @Test
  void wordsThatAreNoObjectOfTorch7AreBroken() throws IOException {
    assertThat(rules(report("m.t7", "4\n1\n3\nV 1\n13\nnn.Sequential\nos.execute('id')")))
        .containsExactly("VID-OPERATOR-001");
  }
}
