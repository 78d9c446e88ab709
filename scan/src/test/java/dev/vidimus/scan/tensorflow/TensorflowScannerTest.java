package dev.vidimus.scan.tensorflow;

import static dev.vidimus.testkit.ProtoForger.message;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vidimus.artifact.Bytes;
import dev.vidimus.artifact.Limits;
import dev.vidimus.artifact.Location;
import dev.vidimus.artifact.Spool;
import dev.vidimus.formats.detect.Detector;
import dev.vidimus.formats.detect.Format;
import dev.vidimus.scan.inspection.Inspection;
import dev.vidimus.scan.inspection.ScanOptions;
import dev.vidimus.scan.inspection.Target;
import dev.vidimus.testkit.ProtoForger;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TensorflowScannerTest {
  /// What the scanner for configurations of Keras was given.
  private final List<String> configurations = new ArrayList<>();

  private List<String> scan(String name, byte[] bytes) throws IOException {
    Inspection inspection =
        new Inspection(
            new ScanOptions(Limits.DEFAULT, false),
            new Spool(Path.of("target", "spool"), 1 << 20),
            (target, itself) -> {});
    var scanners =
        TensorflowScanners.byFormat(
            (target, itself) ->
                configurations.add(new String(target.bytes().head(1000), StandardCharsets.UTF_8)));
    Objects.requireNonNull(scanners.get(Format.TENSORFLOW))
        .scan(Target.file(Bytes.of(bytes), Location.of(name), name), inspection);
    return inspection.findings().stream().map(f -> f.rule() + " " + f.message()).toList();
  }

  private static ProtoForger node(String type) {
    return message().text(1, "n").text(2, type);
  }

  private static ProtoForger graph(String... types) {
    ProtoForger graph = message();
    for (String type : types) {
      graph.inside(1, node(type));
    }
    return graph;
  }

  private static ProtoForger meta(ProtoForger graph) {
    return message().inside(1, message().text(4, "serve")).inside(2, graph);
  }

  private static byte[] saved(ProtoForger... metaGraphs) {
    ProtoForger model = message().number(1, 1);
    for (ProtoForger each : metaGraphs) {
      model.inside(2, each);
    }
    return model.bytes();
  }

  @Test
  void operatorsThatSaveAndRestoreAreQuiet() throws Exception {
    String[] ordinary = {"Const", "MatMul", "SaveV2", "RestoreV2", "MergeV2Checkpoints"};
    assertThat(scan("saved_model.pb", saved(meta(graph(ordinary))))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"WriteFile", "ReadFile", "PyFunc", "EagerPyFunc", "PyFuncStateless"})
  void operatorsThatDoHarmAreSuspicious(String type) throws Exception {
    assertThat(scan("saved_model.pb", saved(meta(graph("Const", type)))))
        .singleElement()
        .asString()
        .startsWith("VID-TF-002 node \"n\", " + type + ", ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"MatchingFiles", "PrintV2"})
  void operatorsWithSideEffectsAreSuspicious(String type) throws Exception {
    assertThat(scan("saved_model.pb", saved(meta(graph(type)))))
        .singleElement()
        .asString()
        .startsWith("VID-TF-003");
  }

  @Test
  void operatorsAreFoundInTheLibraryOfFunctions() throws Exception {
    ProtoForger function = message().inside(1, message().text(1, "f")).inside(3, node("WriteFile"));
    ProtoForger graph = graph("Const").inside(2, message().inside(1, function));
    assertThat(scan("saved_model.pb", saved(meta(graph))))
        .containsExactly("VID-TF-002 node \"n\" in function \"f\", WriteFile, writes files");
  }

  @Test
  void operatorsAreFoundInEveryMetaGraph() throws Exception {
    byte[] file = saved(meta(graph("Const")), meta(graph("PyFunc")));
    assertThat(scan("saved_model.pb", file)).hasSize(1);
  }

  @Test
  void metaGraphsAndGraphsOfTheirOwnAreRead() throws Exception {
    assertThat(scan("m.meta", meta(graph("PyFunc")).bytes())).hasSize(1);
    assertThat(scan("m.pb", meta(graph("PyFunc")).bytes())).hasSize(1);
    assertThat(scan("frozen.pb", graph("Const", "PyFunc").bytes())).hasSize(1);
    assertThat(scan("other.pb", saved(meta(graph("PyFunc"))))).hasSize(1);
  }

  @Test
  void aGraphOfOneNodeAndALibraryIsNotMistakenForAMetaGraph() throws Exception {
    byte[] file = graph("PyFunc").inside(2, message()).bytes();
    assertThat(scan("frozen.pb", file)).hasSize(1);
  }

  @Test
  void filesAreKnownByTheirContent() throws Exception {
    for (byte[] file :
        List.of(saved(meta(graph("Const"))), meta(graph("Const")).bytes(), graph("A").bytes())) {
      assertThat(Detector.detect(Bytes.of(file), "x").formats()).containsExactly(Format.TENSORFLOW);
    }
  }

  @Test
  void anAssetOutsideTheFolderIsMalicious() throws Exception {
    ProtoForger escaping = meta(graph("Const")).inside(6, message().text(2, "../../etc/passwd"));
    ProtoForger inside = meta(graph("Const")).inside(6, message().text(2, "vocab.txt"));
    assertThat(scan("saved_model.pb", saved(escaping)))
        .containsExactly("VID-TF-004 an asset is the file ../../etc/passwd");
    assertThat(scan("saved_model.pb", saved(inside))).isEmpty();
  }

  @Test
  void configurationsOfKerasAreHandedOn() throws Exception {
    ProtoForger object = message().inside(4, message().text(1, "_tf_keras_model").text(3, "{}"));
    scan("saved_model.pb", saved(meta(graph("A")).inside(7, message().inside(1, object))));
    scan("keras_metadata.pb", message().inside(1, message().text(5, "{\"a\":1}")).bytes());
    assertThat(configurations).containsExactly("{}", "{\"a\":1}");
  }

  @Test
  void aFileThatWasCutOffBreaksTheFormat() throws Exception {
    byte[] file = saved(meta(graph("Const")));
    assertThat(scan("saved_model.pb", Arrays.copyOf(file, file.length - 3)))
        .singleElement()
        .asString()
        .startsWith("VID-TF-001");
  }
}
