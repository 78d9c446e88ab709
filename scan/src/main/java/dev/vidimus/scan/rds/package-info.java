/// Judges what R writes: the code that its objects carry, and when it would run.
///
/// [RdsScanner] is the door. To add a rule, add it to [RdsRule] with its page under
/// `docs/findings/`.
@NullMarked
package dev.vidimus.scan.rds;

import org.jspecify.annotations.NullMarked;
