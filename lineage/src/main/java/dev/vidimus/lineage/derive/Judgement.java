package dev.vidimus.lineage.derive;

import dev.vidimus.lineage.tensors.Model;
import dev.vidimus.lineage.tensors.Tensor;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Collects what speaks against a claim, and makes an outcome of it: the gravest reason first, with
/// the culprits of all reasons.
final class Judgement {
  private static final int MOST_NOTES = 1000;

  private final String relation;
  private final Model child;
  private final EnumMap<Reason, Set<String>> culprits = new EnumMap<>(Reason.class);
  private final List<TensorNote> notes = new ArrayList<>();
  private final List<String> remarks = new ArrayList<>();
  private final Map<String, Object> parameters = new LinkedHashMap<>();
  private final Set<String> widespread = new LinkedHashSet<>();
  private Verdict bad = Verdict.REFUTED;
  private long bytes;

  Judgement(String relation, Model child) {
    this.relation = relation;
    this.child = child;
  }

  /// Something that refutes the claim.
  void against(Reason reason, String tensor, String detail) {
    culprits.computeIfAbsent(reason, r -> new LinkedHashSet<>()).add(tensor);
    if (notes.size() < MOST_NOTES) {
      notes.add(TensorNote.of(tensor, word(reason), detail));
    }
  }

  /// Values of a tensor that are not what they ought to be.
  void against(Reason reason, Tensor tensor, Tally tally, String detail) {
    culprits.computeIfAbsent(reason, r -> new LinkedHashSet<>()).add(tensor.name());
    if (tally.isWidespread()) {
      widespread.add(tensor.name());
    }
    if (notes.size() < MOST_NOTES) {
      notes.add(
          new TensorNote(
              tensor.name(),
              word(reason),
              detail,
              tally.checked,
              tally.bad,
              tally.worst(tensor.shape())));
    }
  }

  private static String word(Reason reason) {
    return reason.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
  }

  /// Something worth saying of a tensor.
  void note(TensorNote note) {
    if (notes.size() < MOST_NOTES) {
      notes.add(note);
    }
  }

  /// A remark for people.
  void remark(String text) {
    remarks.add(text);
  }

  void parameter(String name, Object value) {
    parameters.put(name, value);
  }

  void read(long more) {
    bytes += more;
  }

  boolean isClean() {
    return culprits.isEmpty();
  }

  boolean isWidespread(String tensor) {
    return widespread.contains(tensor);
  }

  /// Whether every weight matrix of the child is off in many rows: then the source is another one.
  boolean allMatricesAreOff() {
    int matrices = 0;
    for (Tensor tensor : child.tensors()) {
      if (tensor.isMatrix()) {
        matrices++;
        if (!widespread.contains(tensor.name())) {
          return false;
        }
      }
    }
    return matrices > 0;
  }

  /// The claim is refuted as a whole: not single tensors are off, but the source is another.
  Outcome wholly(Reason reason) {
    return outcome(Verdict.REFUTED, reason).culprits(List.of(Outcome.ALL_MATRICES));
  }

  /// The claim is refuted as a whole, by these tensors.
  Outcome wholly(Reason reason, List<String> names) {
    return outcome(Verdict.REFUTED, reason).culprits(names);
  }

  /// What follows from everything that was collected.
  ///
  /// @param proved the reason if nothing speaks against the claim
  Outcome outcome(Reason proved) {
    if (culprits.isEmpty()) {
      return outcome(Verdict.VERIFIED, proved);
    }
    Set<String> all = new LinkedHashSet<>();
    culprits.values().forEach(all::addAll);
    return outcome(bad, culprits.keySet().iterator().next()).culprits(List.copyOf(all));
  }

  Outcome outcome(Verdict verdict, Reason reason) {
    Outcome outcome = Outcome.of(relation, verdict, reason).tensors(notes).bytesRead(bytes);
    for (Map.Entry<String, Object> parameter : parameters.entrySet()) {
      outcome = outcome.parameter(parameter.getKey(), parameter.getValue());
    }
    for (String remark : remarks) {
      outcome = outcome.note(remark);
    }
    return outcome;
  }
}
