package dev.vidimus.scan.inspection;

import java.io.IOException;

/// Judges one reading of some bytes. Stateless: everything that a scan collects is in the
/// [Inspection].
public interface Scanner {
  /// Examines the target and reports to the inspection. Bad bytes are reported, never thrown.
  ///
  /// @throws IOException if the world failed, for example a file that cannot be read
  void scan(Target target, Inspection inspection) throws IOException;
}
