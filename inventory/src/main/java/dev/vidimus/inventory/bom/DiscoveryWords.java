package dev.vidimus.inventory.bom;

/// Names of properties that say what CycloneDX has no member for.
final class DiscoveryWords {
  /// What data is: `dataset`, `configuration`, `source-code`, …
  static final String DATA_KIND = "vidimus:data";

  static final String SNAPSHOT = "vidimus:snapshot";
  static final String BYTES = "vidimus:bytes";
  static final String FILE = "vidimus:file";
  static final String WANTED = "vidimus:wanted";
  static final String SOURCE = "vidimus:source";
  static final String NOT_EXAMINED = "vidimus:not-examined";

  // What a registry recorded.
  static final String TENSOR_ROOT = "vidimus:tensor-root";
  static final String EVIDENCE = "vidimus:evidence";
  static final String REFUTED = "vidimus:refuted";
  static final String ENVIRONMENT = "vidimus:environment";
  static final String SINCE = "vidimus:since";
  static final String DEPLOYED_BY = "vidimus:deployed-by";

  private DiscoveryWords() {}
}
