package dev.vidimus.scan.pickle;

import java.util.Locale;

/// What a model is allowed to need from whoever loads it.
public enum Profile {
  /// Tensors and plain data only: torch's `weights_only` and numpy arrays.
  WEIGHTS,
  /// Also torch's own modules, optimizers, Lightning and transformers state.
  TORCH,
  /// Also the classes of scikit-learn, scipy, pandas, xgboost, lightgbm and catboost.
  SKLEARN,
  /// Everything known to be inert; the default.
  ALL;

  /// The profile of a word, such as `weights`.
  ///
  /// @throws IllegalArgumentException naming the words there are
  public static Profile of(String word) {
    for (Profile profile : values()) {
      if (profile.word().equals(word)) {
        return profile;
      }
    }
    throw new IllegalArgumentException(
        "no profile \"" + word + "\"; there are weights, torch, sklearn and all");
  }

  /// The word of this profile.
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// Whether statements of another profile count in this one.
  boolean includes(Profile other) {
    return this == other || this == ALL || other == WEIGHTS;
  }
}
