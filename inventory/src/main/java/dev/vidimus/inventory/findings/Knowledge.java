package dev.vidimus.inventory.findings;

import dev.vidimus.inventory.advisories.AdvisoryStore;
import dev.vidimus.inventory.vex.Exploits;
import dev.vidimus.inventory.vex.Vex;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What is known against packages, and what is said of it.
///
/// @param advisories null if there are none; then nothing is said of vulnerabilities
/// @param vex what somebody says of vulnerabilities here
/// @param exploits what attackers are known to use
/// @param now the time by which ages are counted
/// @param oldest how old the advisories may be; null if they may have any age
public record Knowledge(
    @Nullable AdvisoryStore advisories,
    Vex vex,
    Exploits exploits,
    Instant now,
    @Nullable Duration oldest) {
  /// Advisories of any age, and nothing else.
  public static Knowledge of(@Nullable AdvisoryStore advisories) {
    return new Knowledge(advisories, Vex.none(), Exploits.none(), Instant.EPOCH, null);
  }

  /// How much too old the advisories are, in words; empty if they are not.
  String tooOld() {
    if (advisories == null || oldest == null) {
      return "";
    }
    Duration age = advisories.about().age(now);
    return age.compareTo(oldest) <= 0
        ? ""
        : "the youngest record is of "
            + advisories.about().newest().toString().substring(0, 10)
            + ", "
            + age.toDays()
            + " days ago; at most "
            + oldest.toDays()
            + " are allowed";
  }
}
