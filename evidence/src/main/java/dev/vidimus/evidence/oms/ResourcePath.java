package dev.vidimus.evidence.oms;

import dev.vidimus.artifact.Printable;
import dev.vidimus.evidence.CheckFailed;

/// Which paths a manifest may name: each file has exactly one spelling, and none leads out of the
/// model. Checked before any file is touched.
final class ResourcePath {
  private static final int PRINTED = 200;

  private ResourcePath() {}

  /// Requires a relative path with `/`, without empty, `.` or `..` components, `\` or control
  /// characters.
  ///
  /// @param step the step that asks
  static void requireCanonical(String step, String path) throws CheckFailed {
    boolean ok = !path.isEmpty() && path.chars().allMatch(c -> c >= ' ' && c != 0x7f && c != '\\');
    for (String component : path.split("/", -1)) {
      ok &= !component.isEmpty() && !component.equals(".") && !component.equals("..");
    }
    if (!ok) {
      throw new CheckFailed(
          step, "a relative path in canonical form", "\"" + Printable.of(path, PRINTED) + "\"");
    }
  }
}
