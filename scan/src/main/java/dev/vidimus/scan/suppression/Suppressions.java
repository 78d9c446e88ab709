package dev.vidimus.scan.suppression;

import dev.vidimus.artifact.Digest;
import dev.vidimus.artifact.Finding;
import dev.vidimus.artifact.RuleId;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The suppressions that count now.
///
/// @param valid that have not ended
/// @param expired that have: their findings count again
public record Suppressions(List<Suppression> valid, List<Suppression> expired) {
  /// Nothing is suppressed.
  public static final Suppressions NONE = new Suppressions(List.of(), List.of());

  public Suppressions {
    valid = List.copyOf(valid);
    expired = List.copyOf(expired);
  }

  /// Those of a list that count at an instant.
  public static Suppressions of(List<Suppression> all, Instant now) {
    LocalDate today = LocalDate.ofInstant(now, ZoneOffset.UTC);
    List<Suppression> valid = new ArrayList<>();
    List<Suppression> expired = new ArrayList<>();
    for (Suppression one : all) {
      (one.expires().isBefore(today) ? expired : valid).add(one);
    }
    return new Suppressions(valid, expired);
  }

  /// Whether any of the findings could be suppressed, so that the file has to be hashed.
  public boolean concern(List<Finding> findings) {
    if (valid.isEmpty()) {
      return false;
    }
    Set<String> rules = new HashSet<>();
    valid.forEach(one -> rules.add(one.rule().text()));
    for (Finding finding : findings) {
      if (rules.contains(finding.rule().text())) {
        return true;
      }
    }
    return false;
  }

  /// What suppresses a finding of a rule in a file; null if nothing does.
  public @Nullable Suppression find(RuleId rule, Digest file) {
    for (Suppression one : valid) {
      if (one.rule().text().equals(rule.text()) && one.file().hex().equals(file.hex())) {
        return one;
      }
    }
    return null;
  }
}
