/// Judges models of the runtimes that most people do not use: which of their operators need code
/// that is not part of the runtime, or reach out of the model.
///
/// To add a rule, add it to [OperatorRule] with its page under `docs/findings/`.
@NullMarked
package dev.vidimus.scan.operator;

import org.jspecify.annotations.NullMarked;
