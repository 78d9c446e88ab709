package dev.vidimus.lineage.derive;

import dev.vidimus.testkit.SafetensorsForger;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.IntUnaryOperator;

/// A LLaMA that is small enough to be made by hand: its tensors as arrays.
final class SmallModel {
  static final int TOKENS = 20;
  static final int STREAM = 16;
  static final int HEADS = 4;
  static final int KEY_HEADS = 2;
  static final int HEAD = 4;
  static final int INNER = 24;
  static final String ATTENTION = "model.layers.0.self_attn.";
  static final String NETWORK = "model.layers.0.mlp.";

  final TreeMap<String, float[]> tensors = new TreeMap<>();
  final TreeMap<String, int[]> shapes = new TreeMap<>();

  /// Independent random weights.
  static SmallModel random(long seed) {
    SmallModel model = new SmallModel();
    Random random = new Random(seed);
    model.add(random, "model.embed_tokens.weight", TOKENS, STREAM);
    model.add(random, ATTENTION + "q_proj.weight", HEADS * HEAD, STREAM);
    model.add(random, ATTENTION + "k_proj.weight", KEY_HEADS * HEAD, STREAM);
    model.add(random, ATTENTION + "v_proj.weight", KEY_HEADS * HEAD, STREAM);
    model.add(random, ATTENTION + "v_proj.bias", KEY_HEADS * HEAD);
    model.add(random, ATTENTION + "o_proj.weight", STREAM, HEADS * HEAD);
    model.add(random, NETWORK + "gate_proj.weight", INNER, STREAM);
    model.add(random, NETWORK + "up_proj.weight", INNER, STREAM);
    model.add(random, NETWORK + "down_proj.weight", STREAM, INNER);
    model.add(random, "model.layers.0.input_layernorm.weight", STREAM);
    model.add(random, "model.norm.weight", STREAM);
    model.add(random, "lm_head.weight", TOKENS, STREAM);
    return model;
  }

  /// Adds a tensor of random values.
  void add(Random random, String name, int... shape) {
    int count = 1;
    for (int size : shape) {
      count *= size;
    }
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) random.nextGaussian();
    }
    tensors.put(name, values);
    shapes.put(name, shape);
  }

  SmallModel copy() {
    SmallModel copy = new SmallModel();
    tensors.forEach((name, values) -> copy.tensors.put(name, values.clone()));
    copy.shapes.putAll(shapes);
    return copy;
  }

  float[] values(String name) {
    return tensors.get(name);
  }

  /// Puts at each row the one that a function says.
  void rows(String name, IntUnaryOperator source) {
    int[] shape = shapes.get(name);
    int columns = shape.length == 1 ? 1 : shape[1];
    float[] from = values(name).clone();
    for (int i = 0; i < shape[0]; i++) {
      System.arraycopy(from, source.applyAsInt(i) * columns, values(name), i * columns, columns);
    }
  }

  /// Puts at each column the one that a function says.
  void columns(String name, IntUnaryOperator source) {
    int[] shape = shapes.get(name);
    float[] from = values(name).clone();
    for (int i = 0; i < shape[0]; i++) {
      for (int j = 0; j < shape[1]; j++) {
        values(name)[i * shape[1] + j] = from[i * shape[1] + source.applyAsInt(j)];
      }
    }
  }

  /// Adds noise to every value.
  SmallModel trained(long seed, double size) {
    SmallModel copy = copy();
    Random random = new Random(seed);
    copy.tensors
        .values()
        .forEach(
            values -> {
              for (int i = 0; i < values.length; i++) {
                values[i] += (float) (size * random.nextGaussian());
              }
            });
    return copy;
  }

  /// Writes it with its configuration.
  Path write(Path folder) throws IOException {
    Files.createDirectories(folder);
    StringBuilder header = new StringBuilder("{");
    int bytes = 0;
    for (String name : tensors.keySet()) {
      int next = bytes + 4 * values(name).length;
      header.append(header.length() > 1 ? "," : "");
      header.append("'").append(name).append("':{'dtype':'F32','shape':[");
      int[] shape = shapes.get(name);
      for (int i = 0; i < shape.length; i++) {
        header.append(i > 0 ? "," : "").append(shape[i]);
      }
      header.append("],'data_offsets':[").append(bytes).append(",").append(next).append("]}");
      bytes = next;
    }
    ByteBuffer data = ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    tensors
        .values()
        .forEach(
            values -> {
              for (float value : values) {
                data.putFloat(value);
              }
            });
    Files.write(
        folder.resolve("model.safetensors"),
        SafetensorsForger.file(header.append("}").toString(), data.array()));
    Files.writeString(
        folder.resolve("config.json"),
        "{\"num_attention_heads\":" + HEADS + ",\"num_key_value_heads\":" + KEY_HEADS + "}");
    return folder;
  }
}
