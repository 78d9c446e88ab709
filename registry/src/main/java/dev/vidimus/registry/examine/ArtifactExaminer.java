package dev.vidimus.registry.examine;

import dev.vidimus.scan.Meter;
import java.io.IOException;

/// Looks at one artifact in quarantine and says what it found; writes nothing, asks nobody.
public interface ArtifactExaminer {
  /// Short name, such as `scan`.
  String id();

  /// Version of the examiner.
  String version();

  /// Digest of its rules: two of its reports are comparable if this is the same.
  String ruleSet();

  /// Examines.
  ///
  /// @param meter counts while it happens
  /// @throws IOException if the world failed; bad bytes are findings, never exceptions
  Found examine(Quarantined subject, Meter meter) throws IOException;
}
