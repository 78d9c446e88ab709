package dev.vidimus.evidence.ledger.tlog;

import dev.vidimus.artifact.Digest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// A tree computed as RFC 6962 defines it, by recursion over the leaves and nothing else.
final class ReferenceTree implements HashReader {
  private final List<Digest> leaves = new ArrayList<>();

  ReferenceTree(int size) {
    for (int i = 0; i < size; i++) {
      leaves.add(Merkle.leaf(("entry " + i).getBytes(StandardCharsets.UTF_8)));
    }
  }

  Digest leaf(int index) {
    return leaves.get(index);
  }

  Digest root(int from, int to) {
    if (from == to) {
      return Digest.sha256(new byte[0]);
    }
    if (to - from == 1) {
      return leaves.get(from);
    }
    int split = 1;
    while (split * 2 < to - from) {
      split *= 2;
    }
    return Merkle.node(root(from, from + split), root(from + split, to));
  }

  @Override
  public Digest hash(int level, long number) {
    return root((int) number << level, (int) (number + 1) << level);
  }
}
