/// May it pass? Facts in, decision out: nothing here reads a file, a clock or an environment.
///
/// A [PolicyBundle] is a set of YAML files with rules in
/// [CEL](https://github.com/google/cel-spec/blob/master/doc/langdef.md). [CheckedPolicy] has them
/// compiled against the [FactSchema], so that a misspelt field is an error of the bundle, never of
/// a decision. [CheckedPolicy#evaluate] is the only evaluator there is.
@NullMarked
package dev.vidimus.policy;

import org.jspecify.annotations.NullMarked;
