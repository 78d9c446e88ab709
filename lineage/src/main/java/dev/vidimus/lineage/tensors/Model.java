package dev.vidimus.lineage.tensors;

import dev.vidimus.artifact.PathOrder;
import dev.vidimus.artifact.json.JsonValue.JsonObject;
import java.io.Closeable;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The tensors of a file or folder, sorted by the UTF-8 bytes of their names, and what stands
/// beside them. Closing it ends the mappings; a tensor's bytes must not be asked for after that.
public final class Model implements Closeable {
  private final Path path;
  private final String format;
  private final Map<String, Tensor> tensors;
  private final Map<String, Object> metadata;
  private final @Nullable JsonObject config;
  private final List<String> notes;
  private final List<Closeable> opened;
  private final Arena arena;

  Model(
      Path path,
      String format,
      Collection<Tensor> tensors,
      Map<String, Object> metadata,
      @Nullable JsonObject config,
      List<String> notes,
      List<Closeable> opened,
      Arena arena) {
    this.path = path;
    this.format = format;
    TreeMap<String, Tensor> sorted = new TreeMap<>(PathOrder::compareAsUtf8);
    tensors.forEach(tensor -> sorted.put(tensor.name(), tensor));
    this.tensors = Collections.unmodifiableMap(sorted);
    this.metadata = Collections.unmodifiableMap(metadata);
    this.config = config;
    this.notes = List.copyOf(notes);
    this.opened = opened;
    this.arena = arena;
  }

  /// The file or folder.
  public Path path() {
    return path;
  }

  /// The container: `safetensors`, `torch`, `gguf`, `numpy`, `onnx`, `hdf5`.
  public String format() {
    return format;
  }

  /// The tensors in order.
  public Collection<Tensor> tensors() {
    return tensors.values();
  }

  /// The tensor of that name, or null.
  public @Nullable Tensor tensor(String name) {
    return tensors.get(name);
  }

  /// Metadata of a GGUF file by its keys: [String], [Long], [Double] or a list of [Long]; empty for
  /// other formats. It is declared by the file and proves nothing.
  public Map<String, Object> metadata() {
    return metadata;
  }

  /// The `config.json` (for an adapter `adapter_config.json`) beside the weights, or null.
  public @Nullable JsonObject config() {
    return config;
  }

  /// What is worth knowing beside the tensors, such as weights that were left aside.
  public List<String> notes() {
    return notes;
  }

  /// Bytes of all tensors.
  public long bytes() {
    long bytes = 0;
    for (Tensor tensor : tensors.values()) {
      bytes += tensor.data().size();
    }
    return bytes;
  }

  @Override
  public void close() throws IOException {
    try {
      for (Closeable one : new ArrayList<>(opened)) {
        one.close();
      }
    } finally {
      arena.close();
    }
  }
}
