package dev.vidimus.scan.tensorflow;

import dev.vidimus.artifact.FormatException;
import dev.vidimus.artifact.Location;
import dev.vidimus.artifact.Printable;
import dev.vidimus.formats.protobuf.ProtoTextReader;
import dev.vidimus.scan.inspection.Inspection;
import dev.vidimus.scan.inspection.Scanner;
import dev.vidimus.scan.inspection.Target;
import dev.vidimus.scan.operator.OperatorRule;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// Judges messages in text form: graphs of TensorFlow (`.pbtxt`), networks of Caffe (`.prototxt`),
/// and the configurations of Triton (`config.pbtxt`).
final class ProtoTextScanner implements Scanner {
  @Override
  public void scan(Target target, Inspection inspection) throws IOException {
    Location location = target.location();
    try {
      ProtoTextReader.read(target.bytes(), location.path(), new Judge(target, inspection));
    } catch (FormatException e) {
      inspection.notExamined(location.at(e.offset()), "text of protobuf: " + e.problem());
    }
  }

  private static final class Judge implements ProtoTextReader.Listener {
    /// Backends that come with Triton.
    private static final Set<String> BACKENDS =
        Set.of(
            "",
            "tensorrt",
            "tensorrtllm",
            "onnxruntime",
            "pytorch",
            "tensorflow",
            "openvino",
            "python",
            "vllm",
            "dali",
            "fil",
            "identity",
            "repeat",
            "square",
            "ensemble");

    private static final int SHOWN = 80;

    private final Location location;
    private final Inspection inspection;
    private final boolean isTriton;
    private final TensorflowScanner.Judge tensorflow;
    private String operator = "";
    private String name = "";
    private String function = "";

    Judge(Target target, Inspection inspection) {
      this.location = target.location();
      this.inspection = inspection;
      this.isTriton = target.name().toLowerCase(Locale.ROOT).equals("config.pbtxt");
      this.tensorflow = new TensorflowScanner.Judge(target, inspection, (each, same) -> {});
    }

    @Override
    public void field(List<String> path, String value, long offset) {
      String last = path.getLast();
      String around = path.size() > 1 ? path.get(path.size() - 2) : "";
      if (isNode(around)) {
        operator = last.equals("op") ? value : operator;
        name = last.equals("name") ? value : name;
      } else if (around.equals("signature") && last.equals("name")) {
        function = value;
      } else if (around.equals("asset_file_def") && last.equals("filename")) {
        tensorflow.asset(value, offset);
      } else if (last.equals("type") && isLayer(around) && value.equals("Python")) {
        report("the layer \"Python\" is a class of a module", offset);
      } else if (isTriton && path.size() == 1 && last.equals("backend")) {
        backend(value, offset);
      }
    }

    private static boolean isNode(String message) {
      return message.equals("node") || message.equals("node_def");
    }

    private static boolean isLayer(String message) {
      return message.equals("layer") || message.equals("layers");
    }

    @Override
    public void end(List<String> path, long offset) {
      if (isNode(path.getLast())) {
        tensorflow.node(operator, name, path.contains("function") ? function : "", offset);
        operator = "";
        name = "";
      }
    }

    /// Triton loads `libtriton_NAME.so`, from the model's own folder too.
    private void backend(String value, long offset) {
      if (!BACKENDS.contains(value)) {
        report("the backend \"" + Printable.of(value, SHOWN) + "\" is a library", offset);
      }
    }

    private void report(String what, long offset) {
      inspection.report(OperatorRule.CUSTOM.at(location.at(offset), what, ""));
    }
  }
}
