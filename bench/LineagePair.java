import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;

/// Writes one model of the LLaMA family as F32 and BF16 safetensors, as Q8_0 and Q4_K GGUF, and
/// with a LoRA of rank 16 on q and v merged: honest pairs for `bench/lineage`. All layers hold the
/// same weights, so that quantizing takes seconds. Arguments: folder, layers.
class LineagePair {
  private static final int HIDDEN = 2048;
  private static final int INNER = 5632;
  private static final int HEADS = 16;
  private static final int VOCABULARY = 1024;
  private static final int RANK = 16;

  private record Matrix(int rows, int columns, float[] values) {}

  public static void main(String[] words) throws IOException {
    Path folder = Path.of(words[0]);
    int layers = Integer.parseInt(words[1]);
    Map<String, Matrix> layer = new LinkedHashMap<>();
    layer.put("self_attn.q_proj", noise(1, HIDDEN, HIDDEN));
    layer.put("self_attn.k_proj", noise(2, HIDDEN, HIDDEN));
    layer.put("self_attn.v_proj", noise(3, HIDDEN, HIDDEN));
    layer.put("self_attn.o_proj", noise(4, HIDDEN, HIDDEN));
    layer.put("mlp.gate_proj", noise(5, INNER, HIDDEN));
    layer.put("mlp.up_proj", noise(6, INNER, HIDDEN));
    layer.put("mlp.down_proj", noise(7, HIDDEN, INNER));
    Map<String, Matrix> model = new LinkedHashMap<>();
    model.put("model.embed_tokens.weight", noise(8, VOCABULARY, HIDDEN));
    for (int l = 0; l < layers; l++) {
      for (Map.Entry<String, Matrix> entry : layer.entrySet()) {
        model.put("model.layers." + l + "." + entry.getKey() + ".weight", entry.getValue());
      }
    }
    model.put("lm_head.weight", noise(9, VOCABULARY, HIDDEN));
    Matrix down = noise(10, RANK, HIDDEN);
    Matrix up = noise(11, HIDDEN, RANK);
    Matrix q = merged(layer.get("self_attn.q_proj"), down, up);
    Matrix v = merged(layer.get("self_attn.v_proj"), down, up);

    safetensors(folder.resolve("f32"), model, "F32", 4, LineagePair::f32);
    Function<Matrix, byte[]> bf16 = LineagePair::bf16;
    Map<Matrix, byte[]> rounded = cache(model, bf16);
    safetensors(folder.resolve("bf16"), model, "BF16", 2, rounded::get);
    safetensors(folder.resolve("copy"), model, "BF16", 2, rounded::get);
    Map<String, Matrix> sum = new LinkedHashMap<>(model);
    sum.replaceAll(
        (name, matrix) -> name.contains("q_proj") ? q : name.contains("v_proj") ? v : matrix);
    Map<Matrix, byte[]> summed = cache(sum, bf16);
    safetensors(folder.resolve("merged"), sum, "BF16", 2, summed::get);
    Map<String, Matrix> adapter = new LinkedHashMap<>();
    for (int l = 0; l < layers; l++) {
      for (String module : List.of("q_proj", "v_proj")) {
        String name = "base_model.model.model.layers." + l + ".self_attn." + module;
        adapter.put(name + ".lora_A.weight", down);
        adapter.put(name + ".lora_B.weight", up);
      }
    }
    safetensors(folder.resolve("adapter"), adapter, "F32", 4, LineagePair::f32);
    Files.move(
        folder.resolve("adapter/model.safetensors"),
        folder.resolve("adapter/adapter_model.safetensors"));
    Files.delete(folder.resolve("adapter/config.json"));
    Files.writeString(
        folder.resolve("adapter/adapter_config.json"),
        "{\"peft_type\":\"LORA\",\"r\":16,\"lora_alpha\":32,\"target_modules\":[\"q_proj\",\"v_proj\"]}");
    gguf(folder.resolve("q8_0.gguf"), model, 8, 32, 34, LineagePair::q8);
    gguf(folder.resolve("q4_k.gguf"), model, 12, 256, 144, LineagePair::q4k);
  }

  /// Near normal, with a few columns that are larger, rounded to BF16.
  private static Matrix noise(int seed, int rows, int columns) {
    float[] values = new float[rows * columns];
    IntStream.range(0, rows)
        .parallel()
        .forEach(
            row -> {
              long state = seed * 0x9e3779b97f4a7c15L + row * 0xbf58476d1ce4e5b9L + 1;
              for (int i = 0; i < columns; i++) {
                int sum = 0;
                for (int k = 0; k < 4; k++) {
                  state ^= state << 13;
                  state ^= state >>> 7;
                  state ^= state << 17;
                  sum += (int) (state >>> 48);
                }
                float value = (sum - 131070) * (0.02f / 37837);
                values[row * columns + i] = round(i % 257 == 7 ? 4 * value : value);
              }
            });
    return new Matrix(rows, columns, values);
  }

  private static Matrix merged(Matrix base, Matrix down, Matrix up) {
    float[] values = base.values().clone();
    for (int row = 0; row < base.rows(); row++) {
      for (int j = 0; j < base.columns(); j++) {
        float sum = 0;
        for (int k = 0; k < RANK; k++) {
          sum += up.values()[row * RANK + k] * down.values()[k * base.columns() + j];
        }
        values[row * base.columns() + j] += 2 * sum;
      }
    }
    return new Matrix(base.rows(), base.columns(), values);
  }

  private static float round(float value) {
    int bits = Float.floatToRawIntBits(value);
    return Float.intBitsToFloat((bits + 0x7fff + ((bits >>> 16) & 1)) & 0xffff0000);
  }

  private static Map<Matrix, byte[]> cache(Map<String, Matrix> model, Function<Matrix, byte[]> as) {
    Map<Matrix, byte[]> cache = new java.util.IdentityHashMap<>();
    model.values().forEach(matrix -> cache.computeIfAbsent(matrix, as));
    return cache;
  }

  private static byte[] f32(Matrix matrix) {
    ByteBuffer bytes =
        ByteBuffer.allocate(matrix.values().length * 4).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(matrix.values());
    return bytes.array();
  }

  private static byte[] bf16(Matrix matrix) {
    byte[] bytes = new byte[matrix.values().length * 2];
    for (int i = 0; i < matrix.values().length; i++) {
      int bits = Float.floatToRawIntBits(round(matrix.values()[i])) >>> 16;
      bytes[2 * i] = (byte) bits;
      bytes[2 * i + 1] = (byte) (bits >>> 8);
    }
    return bytes;
  }

  private static void safetensors(
      Path folder, Map<String, Matrix> model, String type, int size, Function<Matrix, byte[]> as)
      throws IOException {
    Files.createDirectories(folder);
    StringBuilder header = new StringBuilder("{");
    long at = 0;
    for (Map.Entry<String, Matrix> entry : model.entrySet()) {
      Matrix matrix = entry.getValue();
      long end = at + (long) matrix.values().length * size;
      header.append(header.length() > 1 ? "," : "").append('"').append(entry.getKey());
      header.append("\":{\"dtype\":\"").append(type).append("\",\"shape\":[").append(matrix.rows());
      header.append(',').append(matrix.columns()).append("],\"data_offsets\":[").append(at);
      header.append(',').append(end).append("]}");
      at = end;
    }
    header.append("}").append(" ".repeat(7 - (header.length() - 1 & 7)));
    byte[] text = header.toString().getBytes(StandardCharsets.UTF_8);
    try (OutputStream out = stream(folder.resolve("model.safetensors"))) {
      out.write(number(text.length, 8));
      out.write(text);
      for (Matrix matrix : model.values()) {
        out.write(as.apply(matrix));
      }
    }
    Files.writeString(
        folder.resolve("config.json"),
        "{\"model_type\":\"llama\",\"num_attention_heads\":16,\"num_key_value_heads\":16}");
  }

  private static OutputStream stream(Path path) throws IOException {
    return new BufferedOutputStream(Files.newOutputStream(path), 1 << 20);
  }

  private static byte[] number(long value, int bytes) {
    byte[] out = new byte[bytes];
    for (int i = 0; i < bytes; i++) {
      out[i] = (byte) (value >>> 8 * i);
    }
    return out;
  }

  private static void gguf(
      Path path,
      Map<String, Matrix> model,
      int type,
      int block,
      int size,
      Function<float[], byte[]> quantizer)
      throws IOException {
    Map<Matrix, byte[]> cache = new java.util.IdentityHashMap<>();
    java.io.ByteArrayOutputStream head = new java.io.ByteArrayOutputStream();
    head.write("GGUF".getBytes(StandardCharsets.US_ASCII));
    head.write(number(3, 4));
    head.write(number(model.size(), 8));
    head.write(number(1, 8));
    text(head, "general.architecture");
    head.write(number(8, 4));
    text(head, "llama");
    long at = 0;
    for (Map.Entry<String, Matrix> entry : model.entrySet()) {
      Matrix matrix = entry.getValue();
      text(head, name(entry.getKey()));
      head.write(number(2, 4));
      head.write(number(matrix.columns(), 8));
      head.write(number(matrix.rows(), 8));
      head.write(number(type, 4));
      head.write(number(at, 8));
      at += (long) matrix.values().length / block * size;
    }
    try (OutputStream out = stream(path)) {
      out.write(head.toByteArray());
      out.write(new byte[-head.size() & 31]);
      for (Map.Entry<String, Matrix> entry : model.entrySet()) {
        Matrix matrix = entry.getValue();
        byte[] bytes = cache.get(matrix);
        if (bytes == null) {
          boolean isRotary = entry.getKey().matches(".*[qk]_proj.*");
          bytes = quantized(isRotary ? rotary(matrix) : matrix, quantizer);
          cache.put(matrix, bytes);
        }
        out.write(bytes);
      }
    }
  }

  private static String name(String name) {
    return name.replace("model.embed_tokens", "token_embd")
        .replace("lm_head", "output")
        .replaceFirst("model\\.layers\\.(\\d+)\\.", "blk.$1.")
        .replace("self_attn.o_proj", "attn_output")
        .replaceFirst("self_attn\\.([qkv])_proj", "attn_$1")
        .replaceFirst("mlp\\.(gate|up|down)_proj", "ffn_$1");
  }

  private static void text(java.io.ByteArrayOutputStream out, String text) throws IOException {
    out.write(number(text.length(), 8));
    out.write(text.getBytes(StandardCharsets.US_ASCII));
  }

  private static Matrix rotary(Matrix matrix) {
    int size = matrix.rows() / HEADS;
    float[] values = new float[matrix.values().length];
    for (int row = 0; row < matrix.rows(); row++) {
      int in = row % size;
      int from = row - in + in % 2 * (size / 2) + in / 2;
      System.arraycopy(
          matrix.values(), from * matrix.columns(), values, row * matrix.columns(),
          matrix.columns());
    }
    return new Matrix(matrix.rows(), matrix.columns(), values);
  }

  private static byte[] quantized(Matrix matrix, Function<float[], byte[]> quantizer) {
    byte[][] rows = new byte[matrix.rows()][];
    IntStream.range(0, matrix.rows())
        .parallel()
        .forEach(
            row -> {
              float[] one = new float[matrix.columns()];
              System.arraycopy(matrix.values(), row * one.length, one, 0, one.length);
              rows[row] = quantizer.apply(one);
            });
    byte[] all = new byte[rows[0].length * rows.length];
    for (int row = 0; row < rows.length; row++) {
      System.arraycopy(rows[row], 0, all, row * rows[row].length, rows[row].length);
    }
    return all;
  }

  private static byte[] q8(float[] x) {
    byte[] out = new byte[x.length / 32 * 34];
    for (int b = 0; b < x.length / 32; b++) {
      float most = 0;
      for (int i = 0; i < 32; i++) {
        most = Math.max(most, Math.abs(x[32 * b + i]));
      }
      float d = most / 127;
      float inverse = d == 0 ? 0 : 1 / d;
      half(d, out, 34 * b);
      for (int i = 0; i < 32; i++) {
        float v = x[32 * b + i] * inverse;
        out[34 * b + 2 + i] = (byte) Math.copySign(Math.floor(Math.abs((double) v) + 0.5), v);
      }
    }
    return out;
  }

  private static void half(float value, byte[] out, int at) {
    short bits = Float.floatToFloat16(value);
    out[at] = (byte) bits;
    out[at + 1] = (byte) (bits >> 8);
  }

  /// `quantize_row_q4_K_ref`.
  private static byte[] q4k(float[] x) {
    byte[] out = new byte[x.length / 256 * 144];
    float[] scale = new float[8];
    float[] least = new float[8];
    int[] level = new int[256];
    for (int b = 0; b < x.length / 256; b++) {
      float mostScale = 0;
      float mostLeast = 0;
      for (int s = 0; s < 8; s++) {
        fit(x, 256 * b + 32 * s, s, scale, least, level);
        mostScale = Math.max(mostScale, scale[s]);
        mostLeast = Math.max(mostLeast, least[s]);
      }
      float toScale = mostScale > 0 ? 63 / mostScale : 0;
      float toLeast = mostLeast > 0 ? 63 / mostLeast : 0;
      int at = 144 * b;
      half(mostScale / 63, out, at);
      half(mostLeast / 63, out, at + 2);
      float d = Float.float16ToFloat(Float.floatToFloat16(mostScale / 63));
      float dmin = Float.float16ToFloat(Float.floatToFloat16(mostLeast / 63));
      for (int s = 0; s < 8; s++) {
        int sc = Math.min(63, (int) Math.rint(toScale * scale[s]));
        int mn = Math.min(63, (int) Math.rint(toLeast * least[s]));
        if (s < 4) {
          out[at + 4 + s] |= (byte) sc;
          out[at + 8 + s] |= (byte) mn;
        } else {
          out[at + 8 + s] |= (byte) ((sc & 15) | (mn & 15) << 4);
          out[at + s] |= (byte) (sc >> 4 << 6);
          out[at + 4 + s] |= (byte) (mn >> 4 << 6);
        }
        float step = d * sc;
        for (int i = 32 * s; i < 32 * s + 32 && step != 0; i++) {
          int nearest = (int) Math.rint((x[256 * b + i] + dmin * mn) / step);
          level[i] = Math.max(0, Math.min(15, nearest));
        }
      }
      for (int i = 0; i < 128; i++) {
        int first = i / 32 * 64 + i % 32;
        out[at + 16 + i] = (byte) (level[first] | level[first + 32] << 4);
      }
    }
    return out;
  }

  /// `make_qkx2_quants` with 15 levels and 20 steps.
  private static void fit(float[] x, int at, int s, float[] scale, float[] least, int[] level) {
    float low = x[at];
    float high = x[at];
    float squares = 0;
    for (int i = 0; i < 32; i++) {
      low = Math.min(low, x[at + i]);
      high = Math.max(high, x[at + i]);
      squares += x[at + i] * x[at + i];
    }
    low = Math.min(low, 0);
    float mean = (float) Math.sqrt(squares / 32);
    float[] w = new float[32];
    float sumW = 0;
    float sumX = 0;
    for (int i = 0; i < 32; i++) {
      w[i] = mean + Math.abs(x[at + i]);
      sumW += w[i];
      sumX += w[i] * x[at + i];
    }
    if (high == low) {
      scale[s] = 0;
      least[s] = -low;
      return;
    }
    float best = Float.POSITIVE_INFINITY;
    float keptScale = 0;
    float keptLow = low;
    int[] tried = new int[32];
    for (int k = -1; k <= 20; k++) {
      float inverse = k < 0 ? 15 / (high - low) : (-1 + 0.1f * k + 15) / (high - keptLow);
      float base = k < 0 ? low : keptLow;
      float l1 = 0;
      float l2 = 0;
      float xl = 0;
      for (int i = 0; i < 32; i++) {
        tried[i] = Math.max(0, Math.min(15, (int) Math.rint(inverse * (x[at + i] - base))));
        l1 += w[i] * tried[i];
        l2 += w[i] * tried[i] * tried[i];
        xl += w[i] * tried[i] * x[at + i];
      }
      float determinant = sumW * l2 - l1 * l1;
      float thisScale = k < 0 ? 1 / inverse : (sumW * xl - sumX * l1) / determinant;
      float thisLow = k < 0 ? low : (l2 * sumX - l1 * xl) / determinant;
      if (k >= 0 && !(determinant > 0)) {
        continue;
      }
      if (thisLow > 0) {
        thisLow = 0;
        thisScale = xl / l2;
      }
      float error = 0;
      for (int i = 0; i < 32; i++) {
        float off = thisScale * tried[i] + thisLow - x[at + i];
        error += w[i] * off * off;
      }
      if (error < best) {
        best = error;
        keptScale = thisScale;
        keptLow = thisLow;
        System.arraycopy(tried, 0, level, 32 * s, 32);
      }
    }
    scale[s] = keptScale;
    least[s] = -keptLow;
  }
}
