package dev.vidimus.testkit;

import static dev.vidimus.testkit.FlatForger.Field.at;
import static dev.vidimus.testkit.FlatForger.Field.number;

import java.util.Map;

/// Makes TensorFlow Lite models of one graph with one tensor and one operator.
public final class TfliteForger {
  private static final int CUSTOM = 32;

  private final FlatForger flat = FlatForger.flat();
  private String custom = "";
  private int version = 3;
  private int input;
  private int code;
  private int buffer;

  private TfliteForger() {}

  /// A model that adds.
  public static TfliteForger tflite() {
    return new TfliteForger();
  }

  /// The operator is one that a program registers by this name.
  public TfliteForger custom(String name) {
    custom = name;
    return this;
  }

  /// The version of the schema.
  public TfliteForger version(int number) {
    version = number;
    return this;
  }

  /// The tensor that the operator takes; there is only 0.
  public TfliteForger input(int index) {
    input = index;
    return this;
  }

  /// The code that the operator has; there is only 0.
  public TfliteForger code(int index) {
    code = index;
    return this;
  }

  /// The buffer that the tensor has; there is only 0.
  public TfliteForger buffer(int index) {
    buffer = index;
    return this;
  }

  /// The file.
  public byte[] bytes() {
    int description = flat.text("forged");
    int buffers = flat.references(flat.table(1, Map.of()));
    int shape = flat.numbers(1, 2);
    int tensors = flat.references(flat.table(4, Map.of(0, at(shape), 2, number(buffer))));
    int inputs = flat.numbers(input);
    int operators = flat.references(flat.table(3, Map.of(0, number(code), 1, at(inputs))));
    int graph = flat.table(5, Map.of(0, at(tensors), 3, at(operators)));
    int graphs = flat.references(graph);
    int operatorCode = custom.isEmpty() ? flat.table(4, Map.of()) : customCode();
    int codes = flat.references(operatorCode);
    int model =
        flat.table(
            8,
            Map.of(
                0,
                number(version),
                1,
                at(codes),
                2,
                at(graphs),
                3,
                at(description),
                4,
                at(buffers)));
    return flat.file(model, "TFL3");
  }

  private int customCode() {
    int name = flat.text(custom);
    return flat.table(4, Map.of(0, number(CUSTOM), 1, at(name), 3, number(CUSTOM)));
  }
}
