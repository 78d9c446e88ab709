/// The Merkle tree of a log: hashes, proofs, tiles. Pure functions; no keys, clocks or files.
///
/// A log of n entries is committed to by one hash, the root of a binary tree over them (RFC 6962,
/// section 2.1, as RFC 9162 restates it):
///
/// ```text
/// leaf(entry)       = SHA-256(0x00 || entry)
/// node(left, right) = SHA-256(0x01 || left || right)
/// MTH()             = SHA-256()
/// MTH(e0)           = leaf(e0)
/// MTH(e0 .. en-1)   = node(MTH(e0 .. ek-1), MTH(ek .. en-1)), k the largest power of two below n
/// ```
///
/// The first k leaves form a complete subtree, which no later entry changes. So everything that is
/// ever asked of a log follows from hashes of complete subtrees, and [HashReader] is the one
/// question asked: which hash has subtree `n` of level `l`, over leaves `n·2^l` to `(n+1)·2^l - 1`?
///
/// ```text
/// level 2          0               leaves 0-3
///              ┌───┴───┐
/// level 1      0       1       2   leaves 4-5; the tree of seven leaves is
///            ┌─┴─┐   ┌─┴─┐   ┌─┴─┐     node(2:0, node(1:2, 0:6))
/// level 0    0   1   2   3   4   5   6
/// ```
///
/// [Proofs] makes proofs from such hashes; [Inclusion] and [Consistency] verify them by the
/// numbered steps of RFC 9162, and [Subtree] the same for part of a tree, as ML-DSA cosignatures
/// sign it.
///
/// On disk and on the wire the hashes lie in tiles (c2sp.org/tlog-tiles): 256 hashes of every
/// eighth level, immutable once full. [Tile] is the arithmetic of their paths, [EntryBundle] the
/// form of 256 entries, [RightEdge] what a writer keeps in memory, [TileHashes] a [HashReader]
/// over stored tiles.
@NullMarked
package dev.vidimus.evidence.ledger.tlog;

import org.jspecify.annotations.NullMarked;
