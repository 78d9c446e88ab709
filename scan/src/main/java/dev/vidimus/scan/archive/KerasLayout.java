package dev.vidimus.scan.archive;

import dev.vidimus.formats.zip.ZipEntry;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// Whether an archive is one of Keras 3, and which of its members the model is built from
/// (`keras/src/saving/saving_lib.py`).
final class KerasLayout {
  static final String CONFIGURATION = "config.json";
  private static final String METADATA = "metadata.json";
  private static final String WEIGHTS = "model.weights.";

  private final boolean isKeras;
  private final boolean hasConfiguration;

  private KerasLayout(boolean isKeras, boolean hasConfiguration) {
    this.isKeras = isKeras;
    this.hasConfiguration = hasConfiguration;
  }

  /// Keras knows its archives by their name; one that was renamed is known by its members.
  ///
  /// @param name base name of the archive
  static KerasLayout of(String name, List<ZipEntry> entries, List<ZipEntry> hidden) {
    Set<String> names = new HashSet<>();
    boolean hasWeights = false;
    for (List<ZipEntry> list : List.of(entries, hidden)) {
      for (ZipEntry entry : list) {
        if (entry.name().indexOf('/') < 0) {
          names.add(entry.name());
          hasWeights |= entry.name().startsWith(WEIGHTS);
        }
      }
    }
    boolean hasConfiguration = names.contains(CONFIGURATION);
    boolean isNamed = name.toLowerCase(Locale.ROOT).endsWith(".keras");
    boolean isBuilt = hasConfiguration && (hasWeights || names.contains(METADATA));
    return new KerasLayout(isNamed || isBuilt, hasConfiguration);
  }

  /// True if the archive is Keras's and a loader would find no configuration in it.
  boolean lacksConfiguration() {
    return isKeras && !hasConfiguration;
  }

  /// True if the member is one that Keras reads as a configuration.
  boolean isConfiguration(String name) {
    return isKeras && (name.equals(CONFIGURATION) || name.equals(METADATA));
  }
}
