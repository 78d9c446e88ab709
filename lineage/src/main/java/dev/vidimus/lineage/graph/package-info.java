/// What was made from what, as a graph in memory that answers in milliseconds.
///
/// [EdgeList] collects edges, [Graph] is made of them once and never changes, [Recent] lays a few
/// later edges over it, and [Reach] is everything above or below a node, with a shortest way to
/// each. Nodes are numbers; who they are is for the caller to keep.
@NullMarked
package dev.vidimus.lineage.graph;

import org.jspecify.annotations.NullMarked;
