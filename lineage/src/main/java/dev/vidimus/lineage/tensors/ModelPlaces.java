package dev.vidimus.lineage.tensors;

import dev.vidimus.artifact.Snapshot;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Where in an artifact models are: each folder with weights is one, such as the components of a
/// pipeline; of several GGUF files in a folder each is one, such as the quantizations of a model.
public final class ModelPlaces {
  /// Tied weights and views that are stored once and named several times.
  private static final long MOST_TIMES = 8;

  private static final long SLACK = 1L << 26;

  private ModelPlaces() {}

  /// The places, as paths relative to the root that [ModelReader#open] takes; empty for the root.
  public static List<String> in(Snapshot snapshot) {
    if (!Files.isDirectory(snapshot.root())) {
      boolean isOne =
          snapshot.entries().stream().anyMatch(e -> WeightFiles.Kind.of(e.path()) != null);
      return isOne ? List.of("") : List.of();
    }
    Map<String, List<String>> folders = new TreeMap<>();
    for (Snapshot.Entry entry : snapshot.entries()) {
      if (WeightFiles.Kind.of(entry.path()) != null) {
        int slash = Math.max(0, entry.path().lastIndexOf('/'));
        folders
            .computeIfAbsent(entry.path().substring(0, slash), folder -> new ArrayList<>())
            .add(entry.path());
      }
    }
    List<String> places = new ArrayList<>();
    folders.forEach(
        (folder, files) -> {
          boolean areSeveral =
              files.size() > 1
                  && files.stream().allMatch(f -> WeightFiles.Kind.of(f) == WeightFiles.Kind.GGUF)
                  && files.stream().allMatch(f -> WeightFiles.stem(f) == null);
          if (areSeveral) {
            places.addAll(files);
          } else {
            places.add(folder);
          }
        });
    return places;
  }

  /// Whether the tensors have about as many bytes as the files: a view with a stride of zero can
  /// have any number of them in a file of a kilobyte.
  ///
  /// @param size bytes of the files
  public static boolean isPlain(Model model, long size) {
    long most = size > Long.MAX_VALUE / MOST_TIMES - SLACK ? size : size * MOST_TIMES + SLACK;
    long bytes = 0;
    for (Tensor tensor : model.tensors()) {
      if (tensor.data().size() > most - bytes) {
        return false;
      }
      bytes += tensor.data().size();
    }
    return true;
  }
}
