package dev.vidimus.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Small models of which one is made from the other: the embeddings, a projection whose rows a
/// converter moves, and a norm, as F32, BF16, Q8_0 and Q4_K, and an adapter that adds nothing.
/// Every matrix is one pattern over and over, of which all these types hold each value exactly:
/// with zeros the compiler would learn that scales are 0, and unlearn it at the first real model.
record TrainingModels(Path folder) {
  private static final int ROWS = 2048;
  private static final int COLUMNS = 2048;
  private static final int Q8_0 = 8;
  private static final int Q4_K = 12;
  private static final int SCALE = 64;

  private static final List<String> MATRICES =
      List.of("model.embed_tokens.weight", "model.layers.0.self_attn.q_proj.weight");
  private static final List<String> GGUF = List.of("token_embd.weight", "blk.0.attn_q.weight");

  static TrainingModels in(Path folder) throws IOException {
    TrainingModels models = new TrainingModels(folder);
    models.checkpoint("f32", "F32", pattern(true));
    models.checkpoint("bf16", "BF16", pattern(false));
    models.gguf("q8_0.gguf", Q8_0, eights());
    models.gguf("q4_k.gguf", Q4_K, superblock());
    String module = "base_model.model.model.layers.0.self_attn.q_proj";
    models.safetensors(
        "adapter",
        List.of(
            new Entry(module + ".lora_A.weight", "F32", List.of(16, COLUMNS), new byte[64]),
            new Entry(module + ".lora_B.weight", "F32", List.of(ROWS, 16), new byte[64])));
    Files.writeString(
        folder.resolve("adapter/adapter_config.json"),
        "{\"peft_type\":\"LORA\",\"r\":16,\"lora_alpha\":16}");
    return models;
  }

  /// Words that ask for comparisons.
  List<List<String>> claims() {
    return List.of(
        claim("bf16", "bf16", "same-weights"),
        claim("bf16", "f32", "cast"),
        claim("q8_0.gguf", "bf16", "gguf"),
        claim("q4_k.gguf", "bf16", "gguf"),
        List.of(
            path("bf16"),
            "--from",
            path("bf16"),
            "--as",
            "lora-merge",
            "--adapter",
            path("adapter")));
  }

  /// One of them.
  String file() {
    return path("q8_0.gguf");
  }

  private List<String> claim(String child, String parent, String relation) {
    return List.of(path(child), "--from", path(parent), "--as", relation);
  }

  private String path(String name) {
    return folder.resolve(name).toString();
  }

  /// A value of each 32: all levels of four bits, twice.
  private static int level(int i) {
    return (7 * i + 3) % 16;
  }

  private static float value(int i) {
    return (level(i) - 8) / (float) SCALE;
  }

  private static byte[] pattern(boolean isWide) {
    ByteBuffer values = little(isWide ? 128 : 64);
    for (int i = 0; i < 32; i++) {
      int bits = Float.floatToRawIntBits(value(i));
      if (isWide) {
        values.putInt(bits);
      } else {
        values.putShort((short) (bits >>> 16));
      }
    }
    return written(values);
  }

  private static byte[] eights() {
    float step = value(11) / -127; // of the greatest size, -8 / SCALE
    ByteBuffer block = little(34).putShort(Float.floatToFloat16(step));
    for (int i = 0; i < 32; i++) {
      block.put((byte) Math.round(value(i) / step));
    }
    return written(block);
  }

  private static byte[] superblock() {
    short unit = Float.floatToFloat16(1f / SCALE);
    ByteBuffer block = little(144).putShort(unit).putShort(unit);
    for (int six : new int[] {1, 8, 0x81}) { // steps of 1 unit, minima of 8
      block.put((byte) six).put((byte) six).put((byte) six).put((byte) six);
    }
    for (int pair = 0; pair < 4; pair++) {
      for (int i = 0; i < 32; i++) {
        block.put((byte) (level(i) | level(i) << 4));
      }
    }
    return written(block);
  }

  private static ByteBuffer little(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static byte[] written(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.position()];
    buffer.get(0, bytes);
    return bytes;
  }

  /// A tensor that is some bytes over and over.
  @SuppressWarnings("ArrayRecordComponent") // compared by nobody
  private record Entry(String name, String type, List<Integer> shape, byte[] pattern) {
    long bytes() {
      long size = type.equals("BF16") ? 2 : 4;
      for (int dimension : shape) {
        size *= dimension;
      }
      return size;
    }
  }

  private void checkpoint(String model, String type, byte[] pattern) throws IOException {
    List<Entry> entries = new ArrayList<>();
    for (String name : MATRICES) {
      entries.add(new Entry(name, type, List.of(ROWS, COLUMNS), pattern));
    }
    entries.add(new Entry("model.norm.weight", type, List.of(COLUMNS), pattern));
    safetensors(model, entries);
  }

  private void safetensors(String model, List<Entry> entries) throws IOException {
    StringBuilder header = new StringBuilder("{");
    long at = 0;
    for (Entry entry : entries) {
      header.append(at == 0 ? "" : ",");
      header.append('"').append(entry.name()).append("\":{\"dtype\":\"").append(entry.type());
      header.append("\",\"shape\":").append(entry.shape());
      header.append(",\"data_offsets\":[").append(at).append(',');
      at += entry.bytes();
      header.append(at).append("]}");
    }
    byte[] text = header.append('}').toString().getBytes(StandardCharsets.UTF_8);
    Path made = Files.createDirectories(folder.resolve(model));
    String file = model.equals("adapter") ? "adapter_model.safetensors" : "model.safetensors";
    try (OutputStream out = Files.newOutputStream(made.resolve(file))) {
      out.write(written(little(8).putLong(text.length)));
      out.write(text);
      for (Entry entry : entries) {
        repeat(out, entry.pattern(), entry.bytes());
      }
    }
    Files.writeString(
        made.resolve("config.json"),
        "{\"model_type\":\"llama\",\"num_attention_heads\":16,\"num_key_value_heads\":16}");
  }

  private void gguf(String name, int type, byte[] block) throws IOException {
    long values = (long) ROWS * COLUMNS;
    long size = type == Q8_0 ? values / 32 * 34 : values / 256 * 144;
    ByteBuffer head = little(1024);
    head.put(ascii("GGUF")).putInt(3).putLong(GGUF.size() + 1L).putLong(1);
    put(head, "general.architecture").putInt(8);
    put(head, "llama");
    for (int i = 0; i < GGUF.size(); i++) {
      put(head, GGUF.get(i)).putInt(2).putLong(COLUMNS).putLong(ROWS).putInt(type);
      head.putLong(i * size);
    }
    put(head, "output_norm.weight").putInt(1).putLong(COLUMNS).putInt(0);
    head.putLong(GGUF.size() * size);
    try (OutputStream out = Files.newOutputStream(folder.resolve(name))) {
      out.write(written(head.position((head.position() + 31) / 32 * 32)));
      repeat(out, block, GGUF.size() * size);
      repeat(out, pattern(true), 4L * COLUMNS);
    }
  }

  private static ByteBuffer put(ByteBuffer to, String text) {
    byte[] bytes = ascii(text);
    return to.putLong(bytes.length).put(bytes);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  /// @param bytes a multiple of the pattern
  private static void repeat(OutputStream out, byte[] pattern, long bytes) throws IOException {
    byte[] many = new byte[pattern.length * 1024];
    for (int at = 0; at < many.length; at += pattern.length) {
      System.arraycopy(pattern, 0, many, at, pattern.length);
    }
    for (long left = bytes; left > 0; left -= many.length) {
      out.write(many, 0, (int) Math.min(left, many.length));
    }
  }
}
