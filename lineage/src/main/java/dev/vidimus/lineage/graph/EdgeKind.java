package dev.vidimus.lineage.graph;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// How one thing follows from another.
public enum EdgeKind {
  COPY(0),
  REPACKAGE(1),
  CAST(2),
  CONVERT(3),
  QUANTIZE(4),
  ADAPTER_OF(5),
  MERGE_ADAPTER(6),
  MERGE_MODELS(7),
  FINE_TUNE(8),
  RESIZE_VOCABULARY(9),
  DROP_LAYERS(10),
  DISTIL(11),
  TRAINED_ON(12),
  EVALUATED_WITH(13),
  USES(14),
  DEPLOYED_AS(15),
  /// Somebody says that it went into it, and not how.
  MADE_FROM(16);

  private final int code;

  EdgeKind(int code) {
    this.code = code;
  }

  /// Its word: `fine-tune`.
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /// The kind of a word, or null.
  public static @Nullable EdgeKind ofWord(String word) {
    for (EdgeKind kind : values()) {
      if (kind.word().equals(word)) {
        return kind;
      }
    }
    return null;
  }

  /// Its number in a label, which never changes.
  int code() {
    return code;
  }
}
