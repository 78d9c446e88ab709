package dev.vidimus.scan.graph;

import dev.vidimus.artifact.FormatException;
import dev.vidimus.artifact.Location;
import dev.vidimus.artifact.Printable;
import dev.vidimus.formats.onnx.OnnxListener;
import dev.vidimus.formats.onnx.OnnxNode;
import dev.vidimus.formats.onnx.OnnxTensor;
import dev.vidimus.formats.tensor.Shape;
import dev.vidimus.scan.inspection.Inspection;
import dev.vidimus.scan.tensor.MetadataText;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Judges what one model contains. Functions and initializers may stand behind the nodes that use
/// them, so such nodes are judged at the end.
final class OnnxJudge implements OnnxListener {
  /// Operator sets of ONNX and of ONNX Runtime's own build.
  private static final Set<String> STANDARD_DOMAINS =
      Set.of(
          "",
          "ai.onnx",
          "ai.onnx.ml",
          "ai.onnx.training",
          "ai.onnx.preview",
          "ai.onnx.preview.training",
          "com.microsoft",
          "com.microsoft.nchwc",
          "com.microsoft.internal.nhwc",
          "com.ms.internal.nhwc",
          "com.microsoft.dml",
          "com.microsoft.experimental");

  private static final Set<String> PYTHON_OPERATORS =
      Set.of("PyOp", "PyCustomOp", "PythonOp", "PythonOpGrad");

  /// The mark by which ONNX Runtime tells itself that an offset is a pointer.
  private static final String IN_MEMORY = "_ORT_MEM_ADDR_";

  /// Elements of the largest tensor that a model may ask for: 16 GiB of 32-bit numbers.
  private static final long MOST_ELEMENTS = 1L << 32;

  private static final int MOST_REMEMBERED = 1 << 16;
  private static final int SHOWN = 80;

  private final Location location;
  private final Inspection inspection;
  private final MetadataText text = new MetadataText();
  private final Set<Operator> functions = new HashSet<>();
  private final Map<Operator, OnnxNode> foreign = new LinkedHashMap<>();
  private final Map<Value, Shape> numbers = new HashMap<>();
  private final List<OnnxNode> fillers = new ArrayList<>();
  private boolean forgot;

  OnnxJudge(Location location, Inspection inspection) {
    this.location = location;
    this.inspection = inspection;
  }

  private record Operator(String domain, String type) {}

  private record Value(int scope, String name) {}

  @Override
  public void node(OnnxNode node) {
    Operator operator = new Operator(node.domain(), node.type());
    if (PYTHON_OPERATORS.contains(node.type())) {
      inspection.report(
          OnnxRule.PYTHON_OPERATOR.at(
              location.at(node.offset()), "node " + shown(node.name()) + " is " + name(node), ""));
    } else if (!STANDARD_DOMAINS.contains(node.domain())) {
      if (foreign.size() < MOST_REMEMBERED) {
        foreign.putIfAbsent(operator, node);
      } else {
        forgot = true;
      }
    }
    switch (node.type()) {
      case "Constant" -> {
        if (node.numbers() != null && !node.outputs().isEmpty()) {
          remember(node.scope(), node.outputs().getFirst(), node.numbers());
        }
      }
      case "ConstantOfShape", "Expand" -> {
        if (fillers.size() < MOST_REMEMBERED) {
          fillers.add(node);
        } else {
          forgot = true;
        }
      }
      case "RandomNormal", "RandomUniform" -> {
        if (node.numbers() != null) {
          judgeSize(node, node.numbers());
        }
      }
      default -> {}
    }
  }

  @Override
  public void tensor(OnnxTensor tensor) {
    if (tensor.numbers() != null && !tensor.name().isEmpty()) {
      remember(tensor.scope(), tensor.name(), tensor.numbers());
    }
    for (OnnxTensor.Entry entry : tensor.external()) {
      if (entry.key().equals("location")) {
        judgePath(tensor, entry.value());
      }
    }
  }

  private void judgePath(OnnxTensor tensor, String path) {
    Location at = location.at(tensor.offset());
    String shown = Printable.of(path, 200);
    if (path.contains(IN_MEMORY)) {
      inspection.report(
          OnnxRule.MEMORY_ADDRESS.at(
              at, "tensor " + shown(tensor.name()) + " names memory in place of a file", shown));
    } else if (ExternalPath.escapes(path)) {
      inspection.report(
          OnnxRule.EXTERNAL_ESCAPES.at(
              at, "tensor " + shown(tensor.name()) + " is read from " + shown, shown));
    }
  }

  private void remember(int scope, String name, Shape shape) {
    if (numbers.size() < MOST_REMEMBERED) {
      numbers.put(new Value(scope, name), shape);
    } else {
      forgot = true;
    }
  }

  @Override
  public void function(String domain, String name) {
    if (functions.size() < MOST_REMEMBERED) {
      functions.add(new Operator(domain, name));
    }
  }

  @Override
  public void metadata(String key, String value, long offset) {
    MetadataText.@Nullable Suspicion suspicion = text.judge(key, value);
    if (suspicion != null) {
      inspection.report(
          OnnxRule.METADATA_CODE.at(
              location.at(offset),
              "metadata " + shown(key) + " " + suspicion.what(),
              suspicion.excerpt()));
    }
  }

  @Override
  public void broken(FormatException.Malformed problem) {
    inspection.ended(location, problem, OnnxRule.BROKEN);
  }

  /// Judges what could only be judged once everything was heard.
  void finish() {
    for (Map.Entry<Operator, OnnxNode> each : foreign.entrySet()) {
      if (!functions.contains(each.getKey())) {
        inspection.report(
            OnnxRule.CUSTOM_OPERATOR.at(
                location.at(each.getValue().offset()),
                "node " + shown(each.getValue().name()) + " is " + name(each.getValue()),
                ""));
      }
    }
    for (OnnxNode node : fillers) {
      Shape shape = sizeOf(node);
      if (shape != null) {
        judgeSize(node, shape);
      }
    }
    if (forgot) {
      inspection.notExamined(
          location, "more than " + MOST_REMEMBERED + " operators that depend on one another");
    }
  }

  /// The constant by which a node is told how large its output is, if it is one.
  private @Nullable Shape sizeOf(OnnxNode node) {
    int input = node.type().equals("Expand") ? 1 : 0;
    if (node.inputs().size() <= input) {
      return null;
    }
    return numbers.get(new Value(node.scope(), node.inputs().get(input)));
  }

  private void judgeSize(OnnxNode node, Shape shape) {
    boolean isEnormous;
    try {
      long count = shape.elements();
      isEnormous = count < 0 || count > MOST_ELEMENTS;
    } catch (ArithmeticException e) {
      isEnormous = true; // over 2^64
    }
    for (int i = 0; i < shape.rank(); i++) {
      if (shape.dimension(i) <= 0) {
        return; // nothing at all, or refused by every runtime
      }
    }
    if (isEnormous) {
      inspection.report(
          OnnxRule.ENORMOUS_TENSOR.at(
              location.at(node.offset()),
              "node " + shown(node.name()) + ", " + name(node) + ", makes a tensor of " + shape,
              ""));
    }
  }

  private static String name(OnnxNode node) {
    String type = Printable.of(node.type(), SHOWN);
    return node.domain().isEmpty() ? type : Printable.of(node.domain(), SHOWN) + "." + type;
  }

  private static String shown(String name) {
    return "\"" + Printable.of(name, SHOWN) + "\"";
  }
}
