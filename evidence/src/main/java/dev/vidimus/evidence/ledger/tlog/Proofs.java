package dev.vidimus.evidence.ledger.tlog;

import dev.vidimus.artifact.Digest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/// Makes roots and proofs, as
/// [RFC 6962, section 2.1](https://www.rfc-editor.org/rfc/rfc6962#section-2.1) defines them.
///
/// Each takes O(log n) hashes: a walk from the root to a leaf leaves at most one sibling that is no
/// complete subtree, the ragged right end, and that one consists of at most 63 complete ones.
public final class Proofs {
  private final HashReader hashes;

  /// @param hashes of a log at least as long as the sizes asked for
  public Proofs(HashReader hashes) {
    this.hashes = hashes;
  }

  /// The root of the tree over the first `size` entries.
  public Digest root(long size) throws IOException {
    return size == 0 ? Merkle.EMPTY : range(0, size);
  }

  /// `PATH(index, D[size])`: the siblings from the leaf up, nearest first.
  ///
  /// @param index zero-based; below `size`
  public List<Digest> inclusion(long index, long size) throws IOException {
    Objects.checkIndex(index, size);
    List<Digest> path = new ArrayList<>();
    path(index, 0, size, path);
    return path;
  }

  /// `PROOF(older, D[newer])`: what shows that the older tree is the beginning of the newer.
  ///
  /// @param older from 0 to `newer`; nothing needs proof when it is one of the two
  public List<Digest> consistency(long older, long newer) throws IOException {
    Objects.checkFromToIndex(0, older, newer);
    List<Digest> proof = new ArrayList<>();
    if (older > 0 && older < newer) {
      subproof(older, 0, newer, true, proof);
    }
    return proof;
  }

  private void path(long index, long from, long to, List<Digest> path) throws IOException {
    if (to - from == 1) {
      return;
    }
    long middle = from + Merkle.split(to - from);
    if (index < middle) {
      path(index, from, middle, path);
      path.add(range(middle, to));
    } else {
      path(index, middle, to, path);
      path.add(range(from, middle));
    }
  }

  /// `SUBPROOF(m, D[from:to], known)`, m counted from the log's beginning.
  ///
  /// @param known whether the verifier has the root of these leaves: that of the older tree
  private void subproof(long m, long from, long to, boolean known, List<Digest> proof)
      throws IOException {
    if (m == to) {
      if (!known) {
        proof.add(range(from, to));
      }
      return;
    }
    long middle = from + Merkle.split(to - from);
    if (m <= middle) {
      subproof(m, from, middle, known, proof);
      proof.add(range(middle, to));
    } else {
      subproof(m, middle, to, false, proof);
      proof.add(range(from, middle));
    }
  }

  /// `MTH(D[from:to])`; `from` is a multiple of the largest power of two that is not above the
  /// number of leaves, as it is everywhere in a tree.
  private Digest range(long from, long to) throws IOException {
    long count = to - from;
    if (Long.bitCount(count) == 1) {
      int level = Long.numberOfTrailingZeros(count);
      return hashes.hash(level, from >> level);
    }
    long middle = from + Merkle.split(count);
    return Merkle.node(range(from, middle), range(middle, to));
  }
}
