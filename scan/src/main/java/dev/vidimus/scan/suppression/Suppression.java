package dev.vidimus.scan.suppression;

import dev.vidimus.artifact.Digest;
import dev.vidimus.artifact.RuleId;
import java.time.LocalDate;

/// Somebody's word that a finding of a rule in exactly these bytes does not matter.
///
/// @param rule the rule
/// @param file the bytes of the file in which it is found
/// @param reason why it does not matter
/// @param owner who says so
/// @param expires the last day on which it counts, in UTC
public record Suppression(
    RuleId rule, Digest file, String reason, String owner, LocalDate expires) {}
