/// Judges models of TensorFlow and TensorFlow Lite: which of their operators do more than
/// calculate, and which files they name.
///
/// [TensorflowScanners] is the door. To add a rule, add it to [TensorflowRule] or [TfliteRule] with
/// its page under `docs/findings/`; to add an operator, add it to
/// [dev.vidimus.scan.graph.Operators].
@NullMarked
package dev.vidimus.scan.tensorflow;

import org.jspecify.annotations.NullMarked;
