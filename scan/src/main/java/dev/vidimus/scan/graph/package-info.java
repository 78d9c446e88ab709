/// Judges models that are graphs of operators: what a runtime would execute, and which files it
/// would open for it.
///
/// [GraphScanners] is the door, with one scanner and one catalogue of rules for each format. Three
/// things can be wrong with such a model besides a broken format: an operator that does more than
/// calculate, a path that leads out of the model's folder, and sizes meant to exhaust whoever
/// loads it. To add a rule, add it to the catalogue with its page under `docs/findings/`.
@NullMarked
package dev.vidimus.scan.graph;

import org.jspecify.annotations.NullMarked;
