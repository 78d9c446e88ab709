package dev.vidimus.formats.hdf5;

import dev.vidimus.artifact.ByteCursor;
import dev.vidimus.artifact.FormatException;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;

/// A B-tree of the second version, whose records are all that matters here (section III.A.2).
final class RecordTree {
  private static final int PREFIX = 10; // signature, version, type, checksum
  private static final int DEEPEST = 16;
  private static final int MOST_NODES = 1 << 20;
  private static final String FIELD = "B-tree";

  private final Hdf5File file;
  private final ByteCursor cursor;
  private final Set<Long> seen = new HashSet<>();
  private final Deque<Node> waiting = new ArrayDeque<>();
  private int recordSize;

  /// By depth: bytes of a count of a node's records, and of those of all nodes below it.
  private final int[] countSize = new int[DEEPEST + 1];

  private final int[] totalSize = new int[DEEPEST + 1];

  RecordTree(Hdf5File file) {
    this.file = file;
    this.cursor = file.cursor();
  }

  private record Node(long address, long records, int depth) {}

  /// Takes records.
  @FunctionalInterface
  interface Taker {
    /// @param at where the record begins
    /// @param size of it in bytes
    void record(long at, int size) throws IOException, FormatException;
  }

  /// Hands over every record of a tree, in no order.
  void forEach(long address, Taker taker) throws IOException, FormatException {
    file.seek(FIELD, address, PREFIX);
    file.signature(FIELD, "BTHD");
    cursor.skip(FIELD, 2); // version, type
    long nodeSize = cursor.u32(FIELD);
    recordSize = cursor.u16(FIELD);
    int depth = cursor.u16(FIELD);
    cursor.skip(FIELD, 2); // when to split and merge
    long root = file.address(FIELD);
    int records = cursor.u16(FIELD);
    if (depth > DEEPEST || recordSize == 0 || nodeSize < PREFIX + recordSize) {
      throw cursor.malformed(
          FIELD,
          "has depth %d, nodes of %d and records of %d bytes"
              .formatted(depth, nodeSize, recordSize));
    }
    if (file.isUndefined(root) || records == 0) {
      return;
    }
    sizes(nodeSize, depth);
    add(new Node(root, records, depth));
    for (Node node = waiting.poll(); node != null; node = waiting.poll()) {
      node(node, taker);
    }
  }

  /// Counts take as many bytes as the largest possible one needs (`H5B2__hdr_init`).
  private void sizes(long nodeSize, int depth) {
    long most = (nodeSize - PREFIX) / recordSize;
    long total = most;
    int leafSize = bytesOf(most);
    countSize[0] = leafSize;
    for (int i = 1; i <= depth; i++) {
      int pointer = file.offsetSize() + leafSize + totalSize[i - 1];
      most = Math.max(0, nodeSize - PREFIX - pointer) / (recordSize + pointer);
      total = Math.min((most + 1) * total + most, Long.MAX_VALUE >>> 17);
      countSize[i] = leafSize;
      totalSize[i] = bytesOf(total);
    }
  }

  private static int bytesOf(long limit) {
    return (Long.SIZE - 1 - Long.numberOfLeadingZeros(Math.max(1, limit))) / Byte.SIZE + 1;
  }

  private void add(Node node) throws FormatException {
    if (!seen.add(node.address())) {
      throw cursor.malformed(FIELD, "has one node twice");
    }
    if (seen.size() > MOST_NODES) {
      throw new FormatException.LimitExceeded(
          cursor.where(FIELD), cursor.position(), "has more than " + MOST_NODES + " nodes");
    }
    waiting.add(node);
  }

  private void node(Node node, Taker taker) throws IOException, FormatException {
    long length = node.records() * recordSize;
    long at = file.place(FIELD, node.address(), PREFIX + length);
    cursor.seek(at);
    file.signature(FIELD, node.depth() == 0 ? "BTLF" : "BTIN");
    file.charge(FIELD, length);
    long first = at + 6; // signature, version, type
    for (long i = 0; i < node.records(); i++) {
      taker.record(first + i * recordSize, recordSize);
    }
    if (node.depth() == 0) {
      return;
    }
    cursor.seek(first + length);
    int below = node.depth() - 1;
    for (long i = 0; i <= node.records(); i++) {
      long address = file.address(FIELD);
      long records = file.little(FIELD, countSize[below]);
      file.little(FIELD, totalSize[below]);
      add(new Node(address, records, below));
    }
  }
}
