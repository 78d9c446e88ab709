package dev.vidimus.lineage.derive;

import dev.vidimus.lineage.tensors.Tensor;

/// One tensor to be checked.
///
/// @param child the tensor as it is
/// @param expected what it ought to hold; as many values
/// @param rule what decides
record Job(Tensor child, Rows expected, Rule rule) {}
