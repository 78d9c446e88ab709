/// `vidimus tensors` and `vidimus compare`: what a model is made of, and whether it was made from
/// what it is said to be made from.
@NullMarked
package dev.vidimus.cli.lineage;

import org.jspecify.annotations.NullMarked;
