package dev.vidimus.lineage.tensors;

import dev.vidimus.artifact.FormatException;
import dev.vidimus.artifact.Snapshot;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Which files of a folder hold its weights, in the order in which loaders look for them. A hub
/// repository often has the same weights twice, in two containers: the first kind counts, and the
/// others are named.
///
/// @param kind which container
/// @param index the index of the shards, or null
/// @param files paths relative to the folder
/// @param others weight files that were left aside
record WeightFiles(Kind kind, @Nullable String index, List<String> files, List<String> others) {
  private static final Pattern SHARD = Pattern.compile("(.*)-\\d{5}-of-\\d{5}\\.[a-z]+");
  private static final List<String> STEMS =
      List.of("model", "adapter_model", "diffusion_pytorch_model", "pytorch_model", "consolidated");

  /// The containers in the order in which loaders prefer them.
  enum Kind {
    SAFETENSORS,
    TORCH,
    GGUF,
    ONNX,
    NUMPY,
    HDF5,
    FLAX;

    static @Nullable Kind of(String path) {
      int slash = path.lastIndexOf('/');
      String name = path.substring(slash + 1);
      int dot = name.lastIndexOf('.');
      return switch (dot < 0 ? "" : name.substring(dot + 1)) {
        case "safetensors" -> SAFETENSORS;
        case "bin", "pt", "pth", "ckpt" ->
            name.startsWith("training_args") || name.startsWith("optimizer") ? null : TORCH;
        case "gguf" -> GGUF;
        case "onnx" -> ONNX;
        case "npy", "npz" -> NUMPY;
        case "h5", "hdf5", "keras" -> HDF5;
        case "msgpack" -> FLAX;
        default -> null;
      };
    }
  }

  /// Chooses among the files of a folder.
  ///
  /// @throws FormatException if there are none, or no rule says which of several count
  static WeightFiles in(Snapshot folder) throws FormatException {
    EnumMap<Kind, List<String>> found = new EnumMap<>(Kind.class);
    List<String> indexes = new ArrayList<>();
    for (Snapshot.Entry entry : folder.entries()) {
      String path = entry.path();
      if (path.contains("/")) {
        continue; // a folder of its own is another model, such as a checkpoint or a component
      }
      if (path.endsWith(".index.json")) {
        indexes.add(path);
      }
      Kind kind = Kind.of(path);
      if (kind != null) {
        found.computeIfAbsent(kind, k -> new ArrayList<>()).add(path);
      }
    }
    List<String> torch = found.get(Kind.TORCH);
    if (torch != null && found.containsKey(Kind.ONNX)) {
      // Beside an ONNX model such a file holds its external data, unless its name says otherwise.
      torch.removeIf(file -> STEMS.stream().noneMatch(file::startsWith));
      if (torch.isEmpty()) {
        found.remove(Kind.TORCH);
      }
    }
    for (Map.Entry<Kind, List<String>> kind : found.entrySet()) { // the preferred one comes first
      return chosen(folder, kind.getKey(), kind.getValue(), indexes, found);
    }
    throw new FormatException.Unsupported(
        folder.root().toString(), 0, "a folder without weights that are read here");
  }

  private static WeightFiles chosen(
      Snapshot folder,
      Kind kind,
      List<String> files,
      List<String> indexes,
      Map<Kind, List<String>> found)
      throws FormatException {
    List<String> all = new ArrayList<>();
    found.values().forEach(all::addAll);
    for (String stem : STEMS) {
      for (String suffix : List.of(".safetensors", ".bin")) {
        String index = stem + suffix + ".index.json";
        if (indexes.contains(index) && Kind.of(stem + suffix) == kind) {
          List<String> shards = shards(files, stem);
          return new WeightFiles(kind, index, shards, without(all, shards));
        }
      }
    }
    if (files.size() == 1) {
      return new WeightFiles(kind, null, files, without(all, files));
    }
    for (String stem : STEMS) {
      for (String file : files) {
        if (file.startsWith(stem + ".") && file.indexOf('.') == stem.length()) {
          return new WeightFiles(kind, null, List.of(file), without(all, List.of(file)));
        }
      }
    }
    for (String stem : STEMS) {
      List<String> shards = shards(files, stem);
      if (!shards.isEmpty()) {
        return new WeightFiles(kind, null, shards, without(all, shards));
      }
    }
    String first = stem(files.getFirst());
    if (first != null && files.stream().allMatch(file -> first.equals(stem(file)))) {
      return new WeightFiles(kind, null, files, without(all, files));
    }
    throw new FormatException.Unsupported(
        folder.root().toString(), 0, "several weight files and no index: name one of them");
  }

  private static List<String> shards(List<String> files, String stem) {
    return files.stream().filter(file -> stem.equals(stem(file))).toList();
  }

  /// What a shard's name begins with, or null if the file is no shard.
  static @Nullable String stem(String file) {
    var matcher = SHARD.matcher(file);
    return matcher.matches() ? matcher.group(1) : null;
  }

  private static List<String> without(List<String> all, List<String> some) {
    return all.stream().filter(file -> !some.contains(file)).toList();
  }
}
