package dev.vidimus.lineage.derive;

import dev.vidimus.artifact.FormatException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The answer to a claim.
///
/// @param relation the word of the relation that was checked
/// @param culprits names in the subject; `*2D` stands for every weight matrix
/// @param parameters what was declared and what was found: strings, numbers, lists
/// @param tensors what is worth saying of single tensors
/// @param bytesRead bytes of all tensors that were read
/// @param notes for people
public record Outcome(
    String relation,
    Verdict verdict,
    Reason reason,
    List<String> culprits,
    Map<String, Object> parameters,
    List<TensorNote> tensors,
    long bytesRead,
    List<String> notes) {
  /// The culprit that stands for every weight matrix.
  public static final String ALL_MATRICES = "*2D";

  /// What every verdict must say.
  public static final String LIMIT =
      "faithful is not benign: a derivation that is true to a bad source is bad too";

  public Outcome {
    culprits = List.copyOf(culprits);
    tensors = List.copyOf(tensors);
    notes = List.copyOf(notes);
  }

  static Outcome of(String relation, Verdict verdict, Reason reason) {
    return new Outcome(
        relation, verdict, reason, List.of(), new LinkedHashMap<>(), List.of(), 0, List.of());
  }

  /// A claim about something that could not be read.
  public static Outcome unreadable(String relation, String problem, FormatException why) {
    Verdict verdict =
        why instanceof FormatException.Unsupported ? Verdict.UNSUPPORTED : Verdict.UNKNOWN;
    return of(relation, verdict, Reason.UNREADABLE).note(problem);
  }

  /// A claim that is not recomputed here.
  ///
  /// @param note why not
  public static Outcome unsupported(String relation, Reason reason, String note) {
    return of(relation, Verdict.UNSUPPORTED, reason).note(note);
  }

  Outcome culprits(List<String> names) {
    return new Outcome(relation, verdict, reason, names, parameters, tensors, bytesRead, notes);
  }

  Outcome tensors(List<TensorNote> more) {
    return new Outcome(relation, verdict, reason, culprits, parameters, more, bytesRead, notes);
  }

  Outcome parameter(String name, Object value) {
    Map<String, Object> all = new LinkedHashMap<>(parameters);
    all.put(name, value);
    return new Outcome(relation, verdict, reason, culprits, all, tensors, bytesRead, notes);
  }

  Outcome bytesRead(long bytes) {
    return new Outcome(relation, verdict, reason, culprits, parameters, tensors, bytes, notes);
  }

  Outcome note(String note) {
    List<String> all = new ArrayList<>(notes);
    all.add(note);
    return new Outcome(relation, verdict, reason, culprits, parameters, tensors, bytesRead, all);
  }
}
