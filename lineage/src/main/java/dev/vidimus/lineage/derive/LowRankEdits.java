package dev.vidimus.lineage.derive;

import dev.vidimus.lineage.tensors.Parallel;
import dev.vidimus.lineage.tensors.Tensor;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// Finds matrices that changed by a product of two thin ones while their like in other layers did
/// not: that is how single facts are written into a model (ROME, MEMIT). Where most layers of a
/// kind changed so, an adapter was merged, which is nothing odd.
final class LowRankEdits {
  /// What one direction explains in an edit; in training of real matrices it is a few percent.
  private static final double SHARE = 0.25;

  /// And how far above its like in other layers.
  private static final double FACTOR = 3;

  private static final Pattern NUMBER = Pattern.compile("\\d+");

  private final Map<String, Integer> members = new HashMap<>();
  private final TreeMap<String, List<Change>> changes = new TreeMap<>();
  private final List<String> adapters = new ArrayList<>();

  private record Change(String name, Spectrum spectrum) {
    boolean isThin() {
      return spectrum.rank() > 0 || spectrum.share() > SHARE;
    }
  }

  private LowRankEdits() {}

  /// Looks at the matrices that moved.
  ///
  /// @param all every pair of matrices, moved or not
  /// @param moved those that did
  static LowRankEdits of(List<Pairs.Pair> all, List<Pairs.Pair> moved) throws IOException {
    LowRankEdits edits = new LowRankEdits();
    all.forEach(pair -> edits.members.merge(kind(pair.child()), 1, Integer::sum));
    List<Optional<Spectrum>> spectra =
        Parallel.map(
            moved,
            pair -> pair.child().columns(),
            pair -> Optional.ofNullable(Spectrum.of(pair.child(), pair.source())));
    for (int i = 0; i < moved.size(); i++) {
      Tensor child = moved.get(i).child();
      Optional<Spectrum> spectrum = spectra.get(i);
      if (spectrum.isPresent()) {
        edits
            .changes
            .computeIfAbsent(kind(child), kind -> new ArrayList<>())
            .add(new Change(child.name(), spectrum.get()));
      }
    }
    return edits;
  }

  private static String kind(Tensor tensor) {
    return NUMBER.matcher(tensor.name()).replaceAll("#");
  }

  /// The edits, as notes.
  List<TensorNote> notes() {
    List<TensorNote> notes = new ArrayList<>();
    changes.forEach(
        (kind, all) -> {
          List<Change> thin = all.stream().filter(Change::isThin).toList();
          int count = members.getOrDefault(kind, 0);
          if (thin.size() * 2 > count) {
            if (count > 1 && thin.stream().allMatch(change -> change.spectrum().rank() > 0)) {
              adapters.add(kind);
            }
            return;
          }
          List<Change> others = all.stream().filter(change -> !change.isThin()).toList();
          for (Change change : thin) {
            if (stands(change, others)) {
              notes.add(TensorNote.of(change.name(), "low-rank-edit", detail(change)));
            }
          }
        });
    return notes;
  }

  private static boolean stands(Change change, List<Change> others) {
    if (others.isEmpty()) {
      return change.spectrum().rank() > 0;
    }
    double[] shares =
        others.stream().mapToDouble(other -> other.spectrum().share()).sorted().toArray();
    return change.spectrum().share() > FACTOR * shares[shares.length / 2];
  }

  /// Kinds of which most matrices changed by thin products; known after [#notes].
  List<String> adapters() {
    return List.copyOf(adapters);
  }

  private static String detail(Change change) {
    Spectrum spectrum = change.spectrum();
    return spectrum.rank() > 0
        ? "the change is of rank "
            + spectrum.rank()
            + ", its like in other layers did not change so"
        : String.format(
            Locale.ROOT,
            "one direction is %.0f %% of the change: an edit of rank 1 beside training",
            100 * spectrum.share());
  }
}
