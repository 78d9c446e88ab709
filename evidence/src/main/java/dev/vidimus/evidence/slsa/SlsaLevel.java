package dev.vidimus.evidence.slsa;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Levels such as `SLSA_BUILD_LEVEL_3`. Within a track, a higher level implies the lower ones;
/// anything else, `SLSA_BUILD_LEVEL_UNEVALUATED` among it, implies itself only.
final class SlsaLevel {
  private static final Pattern TRACK = Pattern.compile("(SLSA_[A-Z]+_LEVEL_)([0-9]{1,2})");

  private SlsaLevel() {}

  /// Whether an artifact that was found to have some levels has the wanted one.
  static boolean isContained(String wanted, List<String> found) {
    if (found.contains(wanted)) {
      return true;
    }
    Matcher track = TRACK.matcher(wanted);
    if (!track.matches()) {
      return false;
    }
    int number = Integer.parseInt(track.group(2));
    for (String level : found) {
      Matcher other = TRACK.matcher(level);
      if (other.matches()
          && other.group(1).equals(track.group(1))
          && Integer.parseInt(other.group(2)) >= number) {
        return true;
      }
    }
    return false;
  }
}
