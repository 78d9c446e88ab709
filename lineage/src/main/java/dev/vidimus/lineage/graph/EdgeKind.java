package dev.vidimus.lineage.graph;

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
  DEPLOYED_AS(15);

  private final int code;

  EdgeKind(int code) {
    this.code = code;
  }

  /// Its number in a label, which never changes.
  int code() {
    return code;
  }
}
