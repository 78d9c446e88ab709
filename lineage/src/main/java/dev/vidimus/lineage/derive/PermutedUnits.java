package dev.vidimus.lineage.derive;

import dev.vidimus.lineage.tensors.Tensor;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The same model with its units in another order: rows of one matrix and columns of the next
/// change places together, whole heads likewise, and the function stays as it is while no digest
/// of a tensor does. The order is found by sums that do not depend on it, and then every value is
/// compared in that order.
final class PermutedUnits {
  static final String WORD = "permuted-units";

  private static final long MOST_UNITS = 1L << 24;
  private static final long WIDEST = 1L << 22;
  private static final int[] AS_IT_IS = {};

  private final Claim claim;
  private final Meter meter;
  private final Judgement judgement;
  private final UnitAxes axes;
  private final Map<String, int[]> orders = new HashMap<>();
  private final Set<String> ties = new LinkedHashSet<>();

  private PermutedUnits(Claim claim, Meter meter) {
    this.claim = claim;
    this.meter = meter;
    this.judgement = new Judgement(WORD, claim.child());
    this.axes = UnitAxes.of(claim.child());
  }

  /// Checks whether a model is another one with its units in another order.
  ///
  /// @param isClaimed whether somebody says so; otherwise it is a disguise, and suspicious
  static Outcome check(Claim claim, Meter meter, boolean isClaimed) throws IOException {
    return new PermutedUnits(claim, meter).check(isClaimed);
  }

  private Outcome check(boolean isClaimed) throws IOException {
    judgement.read(claim.child().bytes() + claim.parent().bytes());
    Pairs pairs = Pairs.of(claim.child(), claim.parent());
    pairs.judge(judgement);
    for (Pairs.Pair pair : pairs.common()) {
      if (!pair.child().shape().equals(pair.source().shape())) {
        judgement.against(Reason.TENSOR_SHAPE, pair.child().name(), "has another shape");
      }
    }
    if (!judgement.isClean()) {
      return judgement.outcome(Reason.PERMUTED_UNITS);
    }
    Outcome obstacle = obstacle(pairs);
    if (obstacle != null) {
      return obstacle;
    }
    if (hasOtherValues(pairs) || !findOrders(pairs)) {
      return judgement.outcome(Reason.PERMUTED_UNITS);
    }
    compare(pairs);
    if (!judgement.isClean()) {
      return judgement.outcome(Reason.PERMUTED_UNITS);
    }
    if (orders.isEmpty()) {
      return judgement.outcome(
          Verdict.VERIFIED, isCast(pairs) ? Reason.CAST_EXACT : Reason.BIT_EXACT);
    }
    Outcome broken = structure(pairs);
    return broken != null ? broken : permuted(isClaimed);
  }

  private static boolean isCast(Pairs pairs) {
    return pairs.common().stream().anyMatch(pair -> pair.child().type() != pair.source().type());
  }

  private @Nullable Outcome obstacle(Pairs pairs) {
    for (Pairs.Pair pair : pairs.common()) {
      boolean isSame = pair.child().type() == pair.source().type();
      boolean isRead =
          CastRule.checks(pair.child().type()) && CastRule.checks(pair.source().type());
      if (!isRead && (!isSame || axes.label(pair.child().name()) != null)) {
        return judgement
            .outcome(Verdict.UNSUPPORTED, Reason.UNSUPPORTED_TYPE)
            .note(pair.child().name() + ": " + pair.child().type().word());
      }
      if (UnitAxes.columns(pair.child()) > WIDEST) {
        return unsupported(pair.child().name() + ": its rows are too long");
      }
    }
    long units = axes.lengths().values().stream().mapToLong(length -> length).sum();
    return units > MOST_UNITS ? unsupported("more units than are put in order here") : null;
  }

  private Outcome unsupported(String note) {
    return judgement.outcome(Verdict.UNSUPPORTED, Reason.UNSUPPORTED_ARCHITECTURE).note(note);
  }

  /// Looks at the smallest matrices that differ: other values refute the claim at once.
  private boolean hasOtherValues(Pairs pairs) throws IOException {
    List<Pairs.Pair> smallest = new ArrayList<>(pairs.common());
    smallest.sort(Comparator.comparingLong(pair -> pair.child().elements()));
    int looked = 0;
    for (Pairs.Pair pair : smallest) {
      UnitAxes.Label label = axes.label(pair.child().name());
      boolean mayMove = label != null && !(label.rows().isEmpty() && label.columns().isEmpty());
      if (!mayMove || looked == 4 || Pairs.equal(pair.child(), pair.source())) {
        continue;
      }
      looked++;
      if (UnitColours.multiset(pair.child()) != UnitColours.multiset(pair.source())) {
        judgement.against(
            Reason.TENSOR_VALUE, pair.child().name(), "other values, in whatever order");
        return true;
      }
    }
    return false;
  }

  private boolean findOrders(Pairs pairs) throws IOException {
    UnitColours own = UnitColours.of(pairs.common().stream().map(Pairs.Pair::child).toList(), axes);
    UnitColours other =
        UnitColours.of(pairs.common().stream().map(Pairs.Pair::source).toList(), axes);
    for (String axis : new TreeMap<>(axes.lengths()).keySet()) {
      int[] order = UnitColours.order(own.of(axis), other.of(axis));
      if (order.length == 0 && axes.lengths().getOrDefault(axis, 0) > 0) {
        for (String name : touched(Set.of(axis))) {
          judgement.against(Reason.TENSOR_VALUE, name, "no order of its units gives the source");
        }
        return false;
      }
      if (!isPlain(order)) {
        orders.put(axis, order);
      }
      if (own.hasTies(axis)) {
        ties.add(axis);
      }
    }
    return true;
  }

  private static boolean isPlain(int[] order) {
    return moved(order) == 0;
  }

  private static int moved(int[] order) {
    int moved = 0;
    for (int i = 0; i < order.length; i++) {
      moved += order[i] == i ? 0 : 1;
    }
    return moved;
  }

  private void compare(Pairs pairs) throws IOException {
    List<Job> jobs = new ArrayList<>();
    for (Pairs.Pair pair : pairs.common()) {
      UnitAxes.Label label = axes.label(pair.child().name());
      int[] rows = label == null ? AS_IT_IS : order(label.rows());
      int[] columns = label == null ? AS_IT_IS : order(label.columns());
      boolean isMoved = rows.length + columns.length > 0;
      if (!isMoved && pair.child().type() == pair.source().type()) {
        jobs.add(BytesRule.job(pair.child(), pair.source()));
      } else {
        Rows source = new UnitRows(pair.source(), rows, columns);
        jobs.add(new Job(pair.child(), source, CastRule.CAST));
      }
    }
    List<Tally> tallies = Sweep.run(jobs, meter);
    for (int i = 0; i < jobs.size(); i++) {
      if (!tallies.get(i).isClean()) {
        judgement.against(
            Reason.TENSOR_VALUE,
            jobs.get(i).child(),
            tallies.get(i),
            "differs from the source in the order of the other tensors");
      }
    }
  }

  private int[] order(String axis) {
    return orders.getOrDefault(axis, AS_IT_IS);
  }

  /// Says why the order of the units changes what the model computes; null if it does not.
  private @Nullable Outcome structure(Pairs pairs) {
    for (Pairs.Pair pair : pairs.common()) {
      String name = pair.child().name();
      if (axes.label(name) == null && isTouching(pair.child())) {
        return unsupported("what the order of units means for " + name + " is not known here");
      }
    }
    Set<String> odd = new LinkedHashSet<>();
    Set<String> layers = new LinkedHashSet<>();
    for (String axis : orders.keySet()) {
      String role = axis.substring(axis.lastIndexOf('|'));
      String prefix = axis.substring(0, axis.lastIndexOf('|'));
      if (role.equals(UnitAxes.INNER) && touched(Set.of(axis)).size() < 2) {
        odd.add(axis);
      } else if (!role.equals(UnitAxes.INNER) && !role.equals(UnitAxes.STREAM)) {
        layers.add(prefix);
      }
    }
    Heads heads = Heads.of(claim.parent(), claim.child(), "");
    HeadOrder order = new HeadOrder(heads, !axes.learnsPositions());
    for (String layer : layers) {
      int[] q = whole(layer + UnitAxes.QUERY);
      int[] k = whole(layer + UnitAxes.KEY);
      int[] v = whole(layer + UnitAxes.VALUE);
      int[] o = whole(layer + UnitAxes.MIXED);
      if (heads.queries() == 0) {
        return judgement
            .outcome(Verdict.UNKNOWN, Reason.BAD_PARAMETERS)
            .note("rows of " + layer + " moved: how many heads there are stands in config.json");
      }
      if (!order.applies(q, k, v, o)) {
        return unsupported("the heads of " + layer + " are not known here");
      }
      if (!order.keeps(q, k, v, o)) {
        List.of(UnitAxes.QUERY, UnitAxes.KEY, UnitAxes.VALUE, UnitAxes.MIXED)
            .forEach(role -> odd.add(layer + role));
      }
    }
    odd.retainAll(orders.keySet());
    if (odd.isEmpty()) {
      return null;
    }
    if (odd.stream().anyMatch(ties::contains)) {
      return judgement
          .outcome(Verdict.UNKNOWN, Reason.PERMUTATION)
          .note("units that look alike: which of them stands where cannot be told");
    }
    for (String name : touched(odd)) {
      judgement.against(
          Reason.PERMUTATION, name, "rows or columns in an order that changes the function");
    }
    return judgement.outcome(Reason.PERMUTED_UNITS);
  }

  /// Whether the units of a tensor of unknown kind may be among those that moved.
  private boolean isTouching(Tensor tensor) {
    for (Map.Entry<String, int[]> entry : orders.entrySet()) {
      String axis = entry.getKey();
      int length = entry.getValue().length;
      boolean hasLength = false;
      for (int i = 0; i < tensor.shape().rank(); i++) {
        hasLength |= tensor.shape().dimension(i) == length;
      }
      boolean isStream = axis.equals(UnitAxes.STREAM);
      String prefix = axis.substring(0, axis.lastIndexOf('|'));
      if (isStream ? hasLength : tensor.name().startsWith(prefix)) {
        return true;
      }
    }
    return false;
  }

  private int[] whole(String axis) {
    int[] order = order(axis);
    if (order.length > 0) {
      return order;
    }
    int[] plain = new int[axes.lengths().getOrDefault(axis, 0)];
    for (int i = 0; i < plain.length; i++) {
      plain[i] = i;
    }
    return plain;
  }

  private List<String> touched(Set<String> some) {
    List<String> names = new ArrayList<>();
    for (Tensor tensor : claim.child().tensors()) {
      UnitAxes.Label label = axes.label(tensor.name());
      if (label != null && (some.contains(label.rows()) || some.contains(label.columns()))) {
        names.add(tensor.name());
      }
    }
    return names;
  }

  private Outcome permuted(boolean isClaimed) {
    List<String> names = touched(orders.keySet());
    for (String name : names) {
      UnitAxes.Label label = axes.label(name);
      if (label != null) {
        judgement.note(TensorNote.of(name, "permuted-units", detail(label)));
      }
    }
    judgement.parameter("permuted", orders.size());
    judgement.remark(
        "every value is the source's, in another order of its units: the same function");
    return isClaimed
        ? judgement.outcome(Verdict.VERIFIED, Reason.PERMUTED_UNITS)
        : judgement.outcome(Verdict.SUSPICIOUS, Reason.PERMUTED_UNITS).culprits(names);
  }

  private String detail(UnitAxes.Label label) {
    int[] rows = order(label.rows());
    int[] columns = order(label.columns());
    String first = rows.length == 0 ? "" : moved(rows) + " of " + rows.length + " rows";
    String second =
        columns.length == 0 ? "" : moved(columns) + " of " + columns.length + " columns";
    String both = first.isEmpty() || second.isEmpty() ? first + second : first + ", " + second;
    return both + " stand elsewhere";
  }
}
