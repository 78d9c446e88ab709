package dev.vidimus.evidence.ledger.tlog;

import dev.vidimus.artifact.Digest;
import java.security.MessageDigest;
import java.util.List;

/// The hashes of a Merkle tree:
/// [RFC 6962, section 2.1](https://www.rfc-editor.org/rfc/rfc6962#section-2.1).
public final class Merkle {
  private static final byte LEAF = 0x00;
  private static final byte NODE = 0x01;

  /// The root of the tree without entries: SHA-256 of nothing.
  public static final Digest EMPTY = Digest.sha256(new byte[0]);

  /// A path from leaf to root is at most this long, because a size is below 2⁶³.
  public static final int MOST_LEVELS = 63;

  private Merkle() {}

  /// The hash of an entry, given its bytes.
  public static Digest leaf(byte[] entry) {
    MessageDigest hash = Digest.newSha256();
    hash.update(LEAF);
    return Digest.of(hash.digest(entry));
  }

  /// The hash of a node, given its children.
  public static Digest node(Digest left, Digest right) {
    MessageDigest hash = Digest.newSha256();
    hash.update(NODE);
    hash.update(left.bytes());
    return Digest.of(hash.digest(right.bytes()));
  }

  /// The root over nodes of one level, the last of which may stand for fewer leaves: MTH splits n
  /// leaves at the largest power of two below n, and that is a boundary between nodes.
  ///
  /// @param nodes from left to right; none give the empty tree's root
  public static Digest root(List<Digest> nodes) {
    return switch (nodes.size()) {
      case 0 -> EMPTY;
      case 1 -> nodes.getFirst();
      default -> {
        int split = (int) split(nodes.size());
        yield node(root(nodes.subList(0, split)), root(nodes.subList(split, nodes.size())));
      }
    };
  }

  /// The largest power of two below `size`.
  ///
  /// @param size at least 2
  static long split(long size) {
    return Long.highestOneBit(size - 1);
  }
}
