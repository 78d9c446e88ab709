package dev.vidimus.evidence.ledger.tlog;

import dev.vidimus.artifact.Digest;
import dev.vidimus.evidence.CheckFailed;
import java.util.List;

/// Verifies proofs about part of a tree, the leaves from `start` to `end` - 1, by the procedures of
/// draft-ietf-plants-merkle-tree-certs, section 4. ML-DSA-44 cosignatures sign such a
/// part; a checkpoint is the one that starts at 0.
///
/// A range is a subtree when `start` is a multiple of the smallest power of two that is not below
/// its length: then the tree over it occurs, or begins one that occurs, in every larger tree.
public final class Subtree {
  private static final String STEP = "subtree";

  private Subtree() {}

  /// Requires that a leaf is in a subtree whose hash is known.
  ///
  /// @param index position of the leaf in the log, from `start` to `end` - 1
  /// @throws CheckFailed naming what failed
  public static void requireInclusion(
      Digest leaf, long index, long start, long end, List<Digest> path, Digest hash)
      throws CheckFailed {
    requireSubtree(start, end);
    if (index < start || index >= end) {
      throw new CheckFailed(
          STEP, "an index from " + start + " to " + (end - 1), String.valueOf(index));
    }
    // Inside, a subtree is a tree.
    Inclusion.require(leaf, index - start, end - start, path, hash);
  }

  /// Requires that a subtree is part of the tree of `size` leaves.
  ///
  /// @param hash the subtree's; SHA-256 of nothing if `start` is `end`
  /// @param root the tree's
  /// @throws CheckFailed naming what failed
  public static void requireConsistency(
      long start, long end, long size, List<Digest> proof, Digest hash, Digest root)
      throws CheckFailed {
    if (end > size) {
      throw new CheckFailed(STEP, "an end of at most the size " + size, String.valueOf(end));
    }
    if (start == end && start >= 0) {
      // Nothing is part of everything.
      Consistency.requireEmpty(proof);
      Consistency.requireRoot("empty subtree", Merkle.EMPTY, hash);
      return;
    }
    // 1. The range is a subtree, inside the tree.
    requireSubtree(start, end);
    // 2. Set fn to start, sn to end - 1, and tn to size - 1.
    long fn = start;
    long sn = end - 1;
    long tn = size - 1;
    // 3. If sn is tn, right-shift all three until fn is sn; otherwise until fn is sn or LSB(sn) is
    //    not set: up to the largest node that the verifier can know from the subtree's hash.
    while (fn != sn && (sn == tn || (sn & 1) == 1)) {
      fn >>= 1;
      sn >>= 1;
      tn >>= 1;
    }
    // 4. If fn is sn, set fr and sr to the subtree's hash, otherwise to the first of the proof.
    Digest fr;
    List<Digest> rest = proof;
    if (fn == sn) {
      fr = hash;
    } else if (proof.isEmpty()) {
      throw new CheckFailed(STEP, "hashes", "none");
    } else {
      fr = proof.getFirst();
      rest = proof.subList(1, proof.size());
    }
    Digest sr = fr;
    // 5. For each value p of the rest:
    for (Digest p : rest) {
      // a. If tn is 0, fail.
      if (tn == 0) {
        throw new CheckFailed(STEP, "a path that ends at the root", proof.size() + " hashes");
      }
      // b. If LSB(sn) is set, or sn is tn:
      if ((sn & 1) == 1 || sn == tn) {
        //   i. If fn is below sn, set fr to HASH(0x01 || p || fr).
        if (fn < sn) {
          fr = Merkle.node(p, fr);
        }
        //  ii. Set sr to HASH(0x01 || p || sr).
        sr = Merkle.node(p, sr);
        // iii. Until LSB(sn) is set, right-shift all three.
        while ((sn & 1) == 0 && sn != 0) {
          fn >>= 1;
          sn >>= 1;
          tn >>= 1;
        }
      } else {
        // Otherwise, set sr to HASH(0x01 || sr || p).
        sr = Merkle.node(sr, p);
      }
      // c. Finally, right-shift all three one time.
      fn >>= 1;
      sn >>= 1;
      tn >>= 1;
    }
    // 6. tn is 0, fr is the subtree's hash, and sr is the root.
    if (tn != 0) {
      throw new CheckFailed(STEP, "a path that reaches the root", proof.size() + " hashes");
    }
    Consistency.requireRoot("subtree", hash, fr);
    Consistency.requireRoot("root", root, sr);
  }

  private static void requireSubtree(long start, long end) throws CheckFailed {
    if (start < 0 || start >= end) {
      throw new CheckFailed(STEP, "a start below the end " + end, String.valueOf(start));
    }
    long width = end - start == 1 ? 1 : 2 * Merkle.split(end - start);
    // A width of 2^63 overflows to a negative number; only 0 is a multiple of it.
    if (width < 0 ? start != 0 : start % width != 0) {
      throw new CheckFailed(STEP, "a start that is a multiple of " + width, String.valueOf(start));
    }
  }
}
