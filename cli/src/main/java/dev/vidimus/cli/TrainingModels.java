package dev.vidimus.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// Small models of which one is made from the other: one matrix of zeros as F32, BF16, Q8_0 and
/// Q4_K, and an adapter that adds nothing.
record TrainingModels(Path folder) {
  private static final int ROWS = 2048;
  private static final int COLUMNS = 2048;
  private static final int Q8_0 = 8;
  private static final int Q4_K = 12;

  static TrainingModels in(Path folder) throws IOException {
    TrainingModels models = new TrainingModels(folder);
    long values = (long) ROWS * COLUMNS;
    String name = "model.embed_tokens.weight";
    models.safetensors("f32", List.of(new Entry(name, "F32", ROWS, COLUMNS, 4 * values)));
    models.safetensors("bf16", List.of(new Entry(name, "BF16", ROWS, COLUMNS, 2 * values)));
    models.gguf("q8_0.gguf", Q8_0, values / 32 * 34);
    models.gguf("q4_k.gguf", Q4_K, values / 256 * 144);
    String module = "base_model.model.model.embed_tokens";
    models.safetensors(
        "adapter",
        List.of(
            new Entry(module + ".lora_A.weight", "F32", 16, COLUMNS, 4L * 16 * COLUMNS),
            new Entry(module + ".lora_B.weight", "F32", ROWS, 16, 4L * 16 * ROWS)));
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

  private record Entry(String name, String type, int rows, int columns, long bytes) {}

  private void safetensors(String model, List<Entry> entries) throws IOException {
    StringBuilder header = new StringBuilder("{");
    long at = 0;
    for (Entry entry : entries) {
      header.append(at == 0 ? "" : ",");
      header.append('"').append(entry.name()).append("\":{\"dtype\":\"").append(entry.type());
      header.append("\",\"shape\":[").append(entry.rows()).append(',').append(entry.columns());
      header.append("],\"data_offsets\":[").append(at).append(',');
      at += entry.bytes();
      header.append(at).append("]}");
    }
    byte[] text = header.append('}').toString().getBytes(StandardCharsets.UTF_8);
    ByteBuffer head = ByteBuffer.allocate(8 + text.length).order(ByteOrder.LITTLE_ENDIAN);
    head.putLong(text.length).put(text);
    Path made = Files.createDirectories(folder.resolve(model));
    String file = model.equals("adapter") ? "adapter_model.safetensors" : "model.safetensors";
    write(made.resolve(file), head.array(), at);
    Files.writeString(made.resolve("config.json"), "{\"model_type\":\"llama\"}");
  }

  private void gguf(String name, int type, long bytes) throws IOException {
    ByteBuffer head = ByteBuffer.allocate(256).order(ByteOrder.LITTLE_ENDIAN);
    head.put(ascii("GGUF")).putInt(3).putLong(1).putLong(1);
    head.putLong(20).put(ascii("general.architecture")).putInt(8).putLong(5).put(ascii("llama"));
    head.putLong(17).put(ascii("token_embd.weight"));
    head.putInt(2).putLong(COLUMNS).putLong(ROWS).putInt(type).putLong(0);
    ByteArrayOutputStream padded = new ByteArrayOutputStream();
    padded.write(head.array(), 0, (head.position() + 31) / 32 * 32);
    write(folder.resolve(name), padded.toByteArray(), bytes);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static void write(Path file, byte[] head, long zeros) throws IOException {
    try (OutputStream out = Files.newOutputStream(file)) {
      out.write(head);
      byte[] some = new byte[1 << 16];
      for (long left = zeros; left > 0; left -= some.length) {
        out.write(some, 0, (int) Math.min(left, some.length));
      }
    }
  }
}
