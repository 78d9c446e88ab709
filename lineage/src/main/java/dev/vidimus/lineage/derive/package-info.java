/// Recomputes what a model is said to be derived by, and says where that fails.
///
/// A [Relation] checks a [Claim] and returns an [Outcome]. Values are checked by a [Sweep] over
/// [Job]s: a tensor, the [Rows] that it ought to hold, and the [Rule] that decides whether it does.
/// An honest model must never be refuted; what is not understood is `UNSUPPORTED` or `UNKNOWN`, and
/// nothing but a full pass verifies.
@NullMarked
package dev.vidimus.lineage.derive;

import org.jspecify.annotations.NullMarked;
