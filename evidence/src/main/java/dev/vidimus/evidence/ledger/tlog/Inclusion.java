package dev.vidimus.evidence.ledger.tlog;

import dev.vidimus.artifact.Digest;
import dev.vidimus.evidence.CheckFailed;
import java.util.List;

/// Verifies that an entry is in a tree.
public final class Inclusion {
  private static final String STEP = "inclusion proof";

  private Inclusion() {}

  /// Requires that a leaf is in the tree that a checkpoint commits to, by the numbered steps of
  /// [RFC 9162, section 2.1.3.2](https://www.rfc-editor.org/rfc/rfc9162#section-2.1.3.2).
  ///
  /// @param leaf SHA-256 of `0x00` and the entry (32 bytes), not the entry itself
  /// @param index zero-based position of the leaf
  /// @param size number of leaves in the checkpoint's tree
  /// @param path audit path, nearest sibling first
  /// @param root root hash from a checkpoint whose signature is already verified
  /// @throws CheckFailed naming what failed; there is no boolean to forget
  public static void require(Digest leaf, long index, long size, List<Digest> path, Digest root)
      throws CheckFailed {
    // 1. Compare leaf_index with tree_size; at or above it, the proof fails.
    if (index < 0 || index >= size) {
      throw new CheckFailed(STEP, "an index below the tree's size " + size, "index " + index);
    }
    // 2. Set two variables, fn to leaf_index and sn to tree_size - 1.
    long fn = index;
    long sn = size - 1;
    // 3. Set r to hash.
    Digest r = leaf;
    // 4. For each value p in the inclusion_path:
    for (Digest p : path) {
      // a. If sn is 0, then stop the iteration and fail the proof verification.
      if (sn == 0) {
        throw new CheckFailed(STEP, "a path that ends at the root", path.size() + " hashes");
      }
      // b. If LSB(fn) is set, or if fn is equal to sn, then:
      if ((fn & 1) == 1 || fn == sn) {
        //  i. Set r to HASH(0x01 || p || r).
        r = Merkle.node(p, r);
        // ii. If LSB(fn) is not set, right-shift both equally until LSB(fn) is set or fn is 0.
        while ((fn & 1) == 0 && fn != 0) {
          fn >>= 1;
          sn >>= 1;
        }
      } else {
        // Otherwise, set r to HASH(0x01 || r || p).
        r = Merkle.node(r, p);
      }
      // c. Finally, right-shift both fn and sn one time.
      fn >>= 1;
      sn >>= 1;
    }
    // 5. Compare sn to 0 and r to the root hash; both must match.
    if (sn != 0) {
      throw new CheckFailed(STEP, "a path that reaches the root", path.size() + " hashes");
    }
    if (!r.equals(root)) {
      throw new CheckFailed(STEP, "root " + root, r.toString());
    }
  }
}
