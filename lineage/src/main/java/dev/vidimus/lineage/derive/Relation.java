package dev.vidimus.lineage.derive;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The kinds of derivation that are recomputed, by the words of the command line, from the cheapest
/// to check to the dearest.
public enum Relation {
  SAME_WEIGHTS(SameWeights.WORD),
  CAST(Cast.WORD),
  GGUF(GgufConversion.WORD),
  VOCAB_RESIZE(VocabResize.WORD),
  DROP_LAYERS(LayerStack.WORD),
  LORA_MERGE(LoraMerge.WORD),
  MERGE(ModelMerge.WORD),
  PERMUTED_UNITS(PermutedUnits.WORD),
  FINETUNE(FineTune.WORD);

  private final String word;

  Relation(String word) {
    this.word = word;
  }

  /// Its word.
  public String word() {
    return word;
  }

  /// All words, in order.
  public static List<String> words() {
    List<String> words = new ArrayList<>();
    for (Relation relation : values()) {
      words.add(relation.word);
    }
    return words;
  }

  /// The relation of a word, or null.
  public static @Nullable Relation of(String word) {
    for (Relation relation : values()) {
      if (relation.word.equals(word)) {
        return relation;
      }
    }
    return null;
  }

  /// Checks a claim of this kind.
  ///
  /// @param meter hears how far the check is
  /// @throws IOException if something cannot be read
  public Outcome check(Claim claim, Meter meter) throws IOException {
    return switch (this) {
      case SAME_WEIGHTS -> SameWeights.check(claim, meter);
      case CAST -> Cast.check(claim, meter);
      case GGUF -> GgufConversion.check(claim, meter);
      case VOCAB_RESIZE -> VocabResize.check(claim, meter);
      case DROP_LAYERS -> LayerStack.check(claim, LayerStack.WORD, Reason.LAYERS_DROPPED);
      case LORA_MERGE -> LoraMerge.check(claim, meter);
      case MERGE -> ModelMerge.check(claim, meter);
      case PERMUTED_UNITS -> PermutedUnits.check(claim, meter, true);
      case FINETUNE -> FineTune.check(claim, meter);
    };
  }

  /// Whether a claim has what this relation needs.
  private boolean applies(Claim claim) {
    boolean isGguf = claim.child().format().equals("gguf");
    return switch (this) {
      case GGUF -> isGguf;
      case LORA_MERGE -> claim.adapter() != null;
      case MERGE -> claim.parents().size() > 1 && claim.parameters().has("method");
      case SAME_WEIGHTS, CAST, VOCAB_RESIZE, DROP_LAYERS, PERMUTED_UNITS, FINETUNE ->
          claim.parents().size() == 1 && !isGguf;
    };
  }

  /// The cheapest relation that fits; what the last one says if none does.
  public static Outcome find(Claim claim, Meter meter) throws IOException {
    Outcome last = Outcome.of("none", Verdict.UNKNOWN, Reason.NO_RELATION);
    List<String> tried = new ArrayList<>();
    for (Relation relation : values()) {
      if (!relation.applies(claim) || (claim.adapter() != null && relation != LORA_MERGE)) {
        continue;
      }
      Outcome outcome =
          relation == PERMUTED_UNITS // which nobody says that it is
              ? PermutedUnits.check(claim, meter, false)
              : relation.check(claim, meter);
      tried.add(relation.word + ": " + outcome.verdict() + " " + outcome.reason());
      last = outcome;
      if (outcome.verdict() == Verdict.VERIFIED || outcome.verdict() == Verdict.SUSPICIOUS) {
        break;
      }
    }
    return last.parameter("tried", tried);
  }
}
