/// A repository as one thing: what its files are for, what refers to what, and the dangers that no
/// single file shows.
///
/// ```text
/// Part          one file, and what it says of others   PackageGraph   nodes and edges, as data
/// Role          what a file is for                     GraphBuilder   makes the graph
/// Places        resolves paths and names               GraphJudge     what the edges mean
/// Conventions   what loaders look for by name          ShardIndexes   indexes against headers
/// ```
@NullMarked
package dev.vidimus.scan.whole;

import org.jspecify.annotations.NullMarked;
