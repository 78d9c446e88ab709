package dev.vidimus.evidence.oms;

import dev.vidimus.artifact.Snapshot.Entry;
import dev.vidimus.artifact.digest.Stretch;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// How a model differs from what was signed; every path, sorted.
///
/// @param missing signed and not there
/// @param extra there and not signed
/// @param changed names of resources with another digest, or of files with another size
/// @param unsigned there, and not covered by the signature without that being a difference: ignored
/// paths, and empty files where shards are signed
public record Comparison(
    List<String> missing, List<String> extra, List<String> changed, List<String> unsigned) {
  /// Nothing was compared.
  static final Comparison NONE = new Comparison(List.of(), List.of(), List.of(), List.of());

  public Comparison {
    missing = sorted(missing);
    extra = sorted(extra);
    changed = sorted(changed);
    unsigned = sorted(unsigned);
  }

  private static List<String> sorted(List<String> paths) {
    return paths.stream().sorted().toList();
  }

  /// Hashes what is there and compares.
  ///
  /// @param ignoreUnsigned whether files that nobody signed are merely listed, and not read
  static Comparison of(Manifest manifest, ModelTree tree, boolean ignoreUnsigned)
      throws IOException {
    List<String> missing = new ArrayList<>();
    List<String> changed = new ArrayList<>();
    List<Resource> signed = new ArrayList<>();
    List<Stretch> stretches = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    for (Map.Entry<String, List<Resource>> file : byPath(manifest).entrySet()) {
      Entry entry = entry(tree, file.getKey());
      if (entry == null) {
        missing.add(file.getKey());
        continue;
      }
      seen.add(entry.path());
      long end = file.getValue().getLast().end();
      if (end != Resource.WHOLE && end != entry.size()) {
        changed.add(file.getKey());
        continue;
      }
      for (Resource resource : file.getValue()) {
        signed.add(resource);
        stretches.add(ModelTree.stretch(resource, entry));
      }
    }
    List<String> found = manifest.serialization().hash().hash(stretches);
    for (int i = 0; i < signed.size(); i++) {
      if (!signed.get(i).digest().equals(found.get(i))) {
        changed.add(signed.get(i).name());
      }
    }
    List<String> extra = new ArrayList<>();
    List<String> unsigned = new ArrayList<>(tree.ignored());
    for (Entry entry : tree.files().values()) {
      if (!seen.contains(entry.path())) {
        boolean uncovered = manifest.serialization().isSharded() && entry.size() == 0;
        (uncovered || ignoreUnsigned ? unsigned : extra).add(entry.path());
      }
    }
    return new Comparison(missing, extra, changed, unsigned);
  }

  /// The resources of each file, shards in the order of their bytes.
  private static Map<String, List<Resource>> byPath(Manifest manifest) {
    Map<String, List<Resource>> files = new LinkedHashMap<>();
    manifest.resources().stream()
        .sorted(ResourceOrder.REFERENCE)
        .forEach(r -> files.computeIfAbsent(r.path(), path -> new ArrayList<>()).add(r));
    return files;
  }

  private static @Nullable Entry entry(ModelTree tree, String path) {
    return tree.isFile() && path.equals(Resource.SELF) && !tree.files().isEmpty()
        ? tree.files().firstEntry().getValue()
        : tree.files().get(path);
  }

  boolean isEqual() {
    return missing.isEmpty() && extra.isEmpty() && changed.isEmpty();
  }

  /// The differences in one line.
  String differences() {
    List<String> parts = new ArrayList<>();
    add(parts, "missing", missing);
    add(parts, "extra", extra);
    add(parts, "changed", changed);
    return String.join("; ", parts);
  }

  private static void add(List<String> parts, String what, List<String> paths) {
    if (!paths.isEmpty()) {
      parts.add(what + " " + String.join(", ", paths));
    }
  }
}
