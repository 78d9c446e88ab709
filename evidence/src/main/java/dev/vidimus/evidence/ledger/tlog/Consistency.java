package dev.vidimus.evidence.ledger.tlog;

import dev.vidimus.artifact.Digest;
import dev.vidimus.evidence.CheckFailed;
import java.util.ArrayList;
import java.util.List;

/// Verifies that one tree is the beginning of another.
public final class Consistency {
  private static final String STEP = "consistency proof";

  private Consistency() {}

  /// Requires that the tree of `first` leaves is the beginning of the tree of `second`, by the
  /// numbered steps of
  /// [RFC 9162, section 2.1.4.2](https://www.rfc-editor.org/rfc/rfc9162#section-2.1.4.2).
  ///
  /// The empty tree is the beginning of every tree, so a proof that starts with it says nothing and
  /// is refused; callers ask first. Trees of one size must have one root and an empty proof; the
  /// root of the empty tree is known.
  ///
  /// @param first number of leaves of the older tree, at least 1 unless both are 0
  /// @param second number of leaves of the newer tree
  /// @param firstRoot root of the older tree
  /// @param secondRoot root of the newer tree
  /// @param proof as [Proofs#consistency] makes it
  /// @throws CheckFailed naming what failed
  public static void require(
      long first, long second, Digest firstRoot, Digest secondRoot, List<Digest> proof)
      throws CheckFailed {
    if (first < 0 || first > second) {
      throw new CheckFailed(STEP, "an older size of at most " + second, String.valueOf(first));
    }
    if (first == second) {
      requireEmpty(proof);
      requireRoot("root of both trees", first == 0 ? Merkle.EMPTY : firstRoot, secondRoot);
      requireRoot("root of both trees", secondRoot, firstRoot);
      return;
    }
    if (first == 0) {
      throw new CheckFailed(STEP, "an older tree with entries", "size 0");
    }
    // 1. If consistency_path is an empty array, stop and fail the proof verification.
    if (proof.isEmpty()) {
      throw new CheckFailed(STEP, "hashes", "none");
    }
    // 2. If first is an exact power of 2, then prepend first_hash to the consistency_path array.
    List<Digest> path = new ArrayList<>(proof);
    if (Long.bitCount(first) == 1) {
      path.addFirst(firstRoot);
    }
    // 3. Set two variables, fn to first - 1 and sn to second - 1.
    long fn = first - 1;
    long sn = second - 1;
    // 4. If LSB(fn) is set, then right-shift both fn and sn equally until LSB(fn) is not set.
    while ((fn & 1) == 1) {
      fn >>= 1;
      sn >>= 1;
    }
    // 5. Set both fr and sr to the first value in the consistency_path array.
    Digest fr = path.getFirst();
    Digest sr = fr;
    // 6. For each subsequent value c in the consistency_path array:
    for (Digest c : path.subList(1, path.size())) {
      // a. If sn is 0, then stop the iteration and fail the proof verification.
      if (sn == 0) {
        throw new CheckFailed(STEP, "a path that ends at the root", proof.size() + " hashes");
      }
      // b. If LSB(fn) is set, or if fn is equal to sn, then:
      if ((fn & 1) == 1 || fn == sn) {
        //   i. Set fr to HASH(0x01 || c || fr).
        fr = Merkle.node(c, fr);
        //  ii. Set sr to HASH(0x01 || c || sr).
        sr = Merkle.node(c, sr);
        // iii. If LSB(fn) is not set, right-shift both equally until LSB(fn) is set or fn is 0.
        while ((fn & 1) == 0 && fn != 0) {
          fn >>= 1;
          sn >>= 1;
        }
      } else {
        // Otherwise, set sr to HASH(0x01 || sr || c).
        sr = Merkle.node(sr, c);
      }
      // c. Finally, right-shift both fn and sn one time.
      fn >>= 1;
      sn >>= 1;
    }
    // 7. Verify that fr is first_hash, that sr is second_hash, and that sn is 0.
    requireRoot("root of the older tree", firstRoot, fr);
    requireRoot("root of the newer tree", secondRoot, sr);
    if (sn != 0) {
      throw new CheckFailed(STEP, "a path that reaches the root", proof.size() + " hashes");
    }
  }

  static void requireEmpty(List<Digest> proof) throws CheckFailed {
    if (!proof.isEmpty()) {
      throw new CheckFailed(STEP, "no hashes", String.valueOf(proof.size()));
    }
  }

  static void requireRoot(String which, Digest expected, Digest found) throws CheckFailed {
    if (!found.equals(expected)) {
      throw new CheckFailed(STEP, which + " " + expected, found.toString());
    }
  }
}
