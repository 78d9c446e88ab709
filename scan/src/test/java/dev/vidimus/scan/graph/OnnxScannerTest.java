package dev.vidimus.scan.graph;

import static dev.vidimus.testkit.OnnxForger.attribute;
import static dev.vidimus.testkit.OnnxForger.branch;
import static dev.vidimus.testkit.OnnxForger.entry;
import static dev.vidimus.testkit.OnnxForger.external;
import static dev.vidimus.testkit.OnnxForger.floats;
import static dev.vidimus.testkit.OnnxForger.graph;
import static dev.vidimus.testkit.OnnxForger.integers;
import static dev.vidimus.testkit.OnnxForger.model;
import static dev.vidimus.testkit.OnnxForger.node;
import static dev.vidimus.testkit.ProtoForger.message;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vidimus.formats.detect.Format;
import dev.vidimus.testkit.ProtoForger;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OnnxScannerTest {
  private static GraphScans scan(ProtoForger model) throws IOException {
    return GraphScans.of(Format.ONNX, model.bytes());
  }

  private static void assertQuiet(ProtoForger model) throws IOException {
    GraphScans scans = scan(model);
    assertThat(scans.findings()).isEmpty();
    assertThat(scans.notExamined()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../w.bin",
        "a/../../w.bin",
        "/etc/passwd",
        "..\\w.bin",
        "C:\\w.bin",
        "\\\\host\\w",
        "~/.ssh/id_rsa",
        "file:///etc/passwd",
        "https://x.invalid/w",
        ".\0./w"
      })
  void externalDataOutsideTheFolderAreMalicious(String path) throws Exception {
    assertThat(scan(model(graph(node("Relu")).inside(5, external(path)))).findings())
        .singleElement()
        .asString()
        .startsWith("VID-ONNX-002 tensor \"w\" is read from ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"w.bin", "data/w.bin", "data/../w.bin", "./w.bin", "w..bin", "..w/w"})
  void externalDataInTheFolderAreQuiet(String path) throws Exception {
    ProtoForger tensor = entry(entry(external(path), "offset", "0"), "length", "8");
    assertQuiet(model(graph(node("Relu")).inside(5, tensor)));
  }

  @Test
  void externalDataAreFoundInAttributesSubgraphsFunctionsTrainingAndSparseTensors()
      throws Exception {
    ProtoForger bad = external("../x");
    ProtoForger inAttribute = graph(node("Constant").inside(5, attribute("value", bad)));
    ProtoForger inBranch =
        graph(node("If").inside(5, branch("then_branch", graph(node("Relu")).inside(5, bad))));
    ProtoForger function =
        message().text(1, "F").text(10, "d").inside(7, node("C").inside(5, attribute("v", bad)));
    ProtoForger inTraining = message().inside(2, graph().inside(5, bad));
    ProtoForger inSparse = graph().inside(15, message().inside(1, bad));
    ProtoForger inSparseAttribute =
        graph(node("Constant").inside(5, message().inside(22, message().inside(2, bad))));

    assertThat(scan(model(inAttribute)).findings()).hasSize(1);
    assertThat(scan(model(inBranch)).findings()).hasSize(1);
    assertThat(scan(model(graph()).inside(25, function)).findings()).hasSize(1);
    assertThat(scan(model(graph()).inside(20, inTraining)).findings()).hasSize(1);
    assertThat(scan(model(inSparse)).findings()).hasSize(1);
    assertThat(scan(model(inSparseAttribute)).findings()).hasSize(1);
  }

  @Test
  void theSecondOfTwoLocationsIsJudgedToo() throws Exception {
    ProtoForger tensor = entry(external("w.bin"), "location", "../x");
    assertThat(scan(model(graph().inside(5, tensor))).findings()).hasSize(1);
  }

  @Test
  void anAddressInMemoryIsMalicious() throws Exception {
    ProtoForger tensor = entry(external("*/_ORT_MEM_ADDR_/*"), "offset", "140000000");
    assertThat(scan(model(graph().inside(5, tensor))).findings())
        .containsExactly("VID-ONNX-007 tensor \"w\" names memory in place of a file");
  }

  @Test
  void anOperatorThatNobodyDefinesIsSuspicious() throws Exception {
    assertThat(scan(model(graph(node("com.example", "Evil")))).findings())
        .containsExactly("VID-ONNX-003 node \"n\" is com.example.Evil");
  }

  @Test
  void anOperatorThatTheModelDefinesIsQuietThoughItIsDefinedLater() throws Exception {
    ProtoForger function = message().text(1, "F").text(10, "pkg.torch").inside(7, node("Relu"));
    assertQuiet(model(graph(node("pkg.torch", "F"))).inside(25, function));
  }

  @Test
  void operatorsOfTheRuntimeAreQuiet() throws Exception {
    assertQuiet(
        model(graph(node("ai.onnx.ml", "TreeEnsembleClassifier"), node("com.microsoft", "Gelu"))));
  }

  @Test
  void anOperatorThatRunsPythonIsSuspicious() throws Exception {
    assertThat(scan(model(graph(node("com.microsoft", "PythonOp")))).findings())
        .containsExactly("VID-ONNX-004 node \"n\" is com.microsoft.PythonOp");
  }

  @Test
  void aConstantOfEnormousShapeIsSuspicious() throws Exception {
    ProtoForger graph = graph(node("ConstantOfShape")).inside(5, integers("x", 1 << 20, 1 << 20));
    assertThat(scan(model(graph)).findings())
        .containsExactly(
            "VID-ONNX-006 node \"n\", ConstantOfShape, makes a tensor of [1048576, 1048576]");
  }

  @Test
  void anEnormousShapeFromAConstantNodeIsSuspicious() throws Exception {
    ProtoForger constant =
        message()
            .text(2, "x")
            .text(4, "Constant")
            .inside(5, attribute("value", integers("", 1L << 40)));
    assertThat(scan(model(graph(constant, node("ConstantOfShape")))).findings()).hasSize(1);
  }

  @Test
  void aConstantOfOrdinaryShapeIsQuiet() throws Exception {
    assertQuiet(model(graph(node("ConstantOfShape")).inside(5, integers("x", 1000, 2048))));
  }

  @Test
  void aNumberOfTheSameNameInAFunctionIsNoShape() throws Exception {
    ProtoForger constant =
        message()
            .text(2, "x")
            .text(4, "Constant")
            .inside(5, attribute("value", integers("", Long.MAX_VALUE)));
    ProtoForger function = message().text(1, "F").text(10, "d").inside(7, constant);
    assertQuiet(
        model(graph(node("ConstantOfShape")).inside(5, integers("x", 2))).inside(25, function));
  }

  @Test
  void lessDataThanTheShapeTakesBreaksTheFormat() throws Exception {
    assertThat(scan(model(graph().inside(5, floats(4, 2)))).findings())
        .containsExactly(
            "VID-ONNX-001 model: tensor \"w\": shape [2] takes 8 bytes, but there are 4");
  }

  @Test
  void aNegativeDimensionBreaksTheFormat() throws Exception {
    assertThat(scan(model(graph().inside(5, floats(8, -2)))).findings())
        .containsExactly("VID-ONNX-001 model: tensor \"w\": has the dimension -2");
  }

  @Test
  void aShapeThatOverflowsBreaksTheFormat() throws Exception {
    assertThat(scan(model(graph().inside(5, floats(0, 1L << 40, 1L << 40)))).findings())
        .singleElement()
        .asString()
        .contains("overflows");
  }

  @Test
  void whatStandsBehindABrokenTensorIsJudgedToo() throws Exception {
    ProtoForger graph = graph().inside(5, floats(4, 2)).inside(5, external("../x"));
    assertThat(scan(model(graph)).findings()).hasSize(2);
  }

  @Test
  void whatStandsBeforeTheBreakIsJudged() throws Exception {
    ProtoForger model = model(graph(node("com.example", "Evil"))).raw(0x12, 0x7f);
    assertThat(scan(model).findings())
        .anyMatch(each -> each.startsWith("VID-ONNX-001"))
        .anyMatch(each -> each.startsWith("VID-ONNX-003"));
  }

  @Test
  void codeInMetadataIsSuspicious() throws Exception {
    ProtoForger entry = message().text(1, "init").text(2, "os.system('id')");
    assertThat(scan(model(graph()).inside(14, entry)).findings())
        .containsExactly("VID-ONNX-005 metadata \"init\" has code");
  }

  @Test
  void ordinaryMetadataAreQuiet() throws Exception {
    ProtoForger entry = message().text(1, "author").text(2, "Somebody, with care");
    assertQuiet(model(graph(node("Relu")).inside(5, floats(8, 2))).inside(14, entry));
  }

  @Test
  void graphsNestedWithoutEndAreNotExaminedToTheEnd() throws Exception {
    ProtoForger graph = graph(node("Relu"));
    for (int i = 0; i < 60; i++) {
      graph = graph(node("If").inside(5, branch("then_branch", graph)));
    }
    assertThat(scan(model(graph)).notExamined())
        .singleElement()
        .asString()
        .contains("nested deeper than 100");
  }

  @Test
  void aFileInTheRuntimesOwnFormatIsNotExamined() throws Exception {
    byte[] file = "\24\0\0\0ORTM".getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
    assertThat(GraphScans.of(Format.ONNX, file).notExamined())
        .containsExactly("model: model: the format of ONNX Runtime (ORT) in place of ONNX");
  }
}
