package dev.vidimus.formats.hdf5;

import dev.vidimus.artifact.ByteCursor;
import dev.vidimus.artifact.FormatException;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;

/// A group as a B-tree of symbol tables (section III.A.1).
final class OldGroup {
  private static final int SOFT_LINK = 2; // a symbol of this kind leads to no object of its own
  private static final int MOST_NODES = 1 << 20;
  private static final String FIELD = "B-tree";

  private final Hdf5File file;
  private final ByteCursor cursor;
  private final String path;
  private final Children children;
  private final Set<Long> seen = new HashSet<>();
  private final Deque<Long> waiting = new ArrayDeque<>();

  OldGroup(Hdf5File file, String path, Children children) {
    this.file = file;
    this.cursor = file.cursor();
    this.path = path;
    this.children = children;
  }

  void read(long tree, long heapAddress) throws IOException, FormatException {
    LocalHeap heap = new LocalHeap(file, heapAddress);
    add(tree);
    for (Long node = waiting.poll(); node != null; node = waiting.poll()) {
      file.seek(FIELD, node, 8);
      if (cursor.peek() == 'S') {
        symbols(heap);
      } else {
        node();
      }
    }
  }

  private void add(long address) throws FormatException {
    if (!seen.add(address)) {
      throw cursor.malformed(FIELD, "has one node twice");
    }
    if (seen.size() > MOST_NODES) {
      throw new FormatException.LimitExceeded(
          cursor.where(FIELD), cursor.position(), "has more than " + MOST_NODES + " nodes");
    }
    waiting.add(address);
  }

  private void node() throws IOException, FormatException {
    file.signature(FIELD, "TREE");
    int type = cursor.u8(FIELD);
    if (type != 0) {
      throw cursor.malformed(FIELD, "is of type " + type + ", not one of groups");
    }
    cursor.skip(FIELD, 1);
    int entries = cursor.u16(FIELD);
    file.address(FIELD); // left
    file.address(FIELD); // right
    for (int i = 0; i < entries; i++) {
      file.length(FIELD); // key
      long child = file.address(FIELD);
      add(child);
    }
  }

  private void symbols(LocalHeap heap) throws IOException, FormatException {
    String field = "symbol table node";
    file.signature(field, "SNOD");
    cursor.skip(field, 2);
    int count = cursor.u16(field);
    for (int i = 0; i < count; i++) {
      long name = file.address(field);
      long header = file.address(field);
      long kind = cursor.u32(field);
      cursor.skip(field, 4 + 16);
      long next = cursor.position();
      if (kind != SOFT_LINK) {
        String base = path.equals("/") ? "" : path;
        children.child(header, base + "/" + heap.text(name));
      }
      cursor.seek(next);
    }
  }
}
