package dev.vidimus.formats.hdf5;

import dev.vidimus.artifact.ByteCursor;
import dev.vidimus.artifact.FormatException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;

/// Reads the header of one object and the messages in it (section IV).
final class ObjectReader {
  private static final int SPACE = 0x01;
  private static final int LINK_INFO = 0x02;
  private static final int TYPE = 0x03;
  private static final int LINK = 0x06;
  private static final int EXTERNAL_FILES = 0x07;
  private static final int LAYOUT = 0x08;
  private static final int FILTERS = 0x0b;
  private static final int ATTRIBUTE = 0x0c;
  private static final int CONTINUATION = 0x10;
  private static final int SYMBOL_TABLE = 0x11;
  private static final int ATTRIBUTE_INFO = 0x15;

  private static final int SHARED = 2; // a flag of messages
  private static final int MOST_BLOCKS = 1 << 12;
  private static final int MOST_MESSAGES = 1 << 16;
  private static final int LONGEST_NAME = 1 << 12;
  private static final int FIRST_FOREIGN_FILTER = 256;
  private static final String FIELD = "object header";

  private final Hdf5File file;
  private final ByteCursor cursor;
  private final Hdf5Listener listener;
  private final String path;
  private final Children children;
  private final DatasetReader dataset;
  private final Deque<Block> blocks = new ArrayDeque<>();
  private int blockCount;
  private int messages;
  private int headerFlags;

  /// The only message that matters, or 0 if all do, and where it was.
  private int wanted;

  private long found = -1;

  ObjectReader(Hdf5File file, Hdf5Listener listener, String path, Children children) {
    this.file = file;
    this.cursor = file.cursor();
    this.listener = listener;
    this.path = path;
    this.children = children;
    this.dataset = new DatasetReader(file, path);
  }

  private record Block(long at, long length) {}

  /// Finds the type that an object is, and moves nowhere.
  ///
  /// @return where the message begins
  static long type(Hdf5File file, long address) throws IOException, FormatException {
    ObjectReader reader = new ObjectReader(file, Silent.INSTANCE, "", (child, path) -> {});
    reader.wanted = TYPE;
    reader.read(address);
    file.charge("shared type", 8L * reader.messages);
    if (reader.found < 0) {
      throw file.cursor().malformed("shared type", "is at " + address + ", where none is");
    }
    return reader.found;
  }

  void read(long address) throws IOException, FormatException {
    file.seek(FIELD, address, 1);
    boolean isRecent = cursor.peek() == 'O';
    if (isRecent) {
      readRecent();
    } else {
      readOld(address);
    }
    for (Block block = blocks.poll(); block != null; block = blocks.poll()) {
      cursor.seek(block.at());
      long end = block.at() + block.length();
      if (isRecent) {
        readMessagesOfRecent(end);
      } else {
        readMessagesOfOld(end);
      }
    }
    dataset.tell(listener);
  }

  private void readOld(long address) throws IOException, FormatException {
    int version = cursor.u8(FIELD);
    if (version != 1) {
      throw cursor.malformed(FIELD, "has version " + version);
    }
    cursor.skip(FIELD, 1 + 2 + 4); // reserved, count of messages, references
    long size = cursor.u32(FIELD);
    cursor.skip(FIELD, 4); // to a multiple of 8
    addBlock(address + 16, size);
  }

  private void readRecent() throws IOException, FormatException {
    file.signature(FIELD, "OHDR");
    int version = cursor.u8(FIELD);
    if (version != 2) {
      throw new FormatException.Unsupported(
          cursor.where(FIELD), cursor.position(), "version " + version);
    }
    headerFlags = cursor.u8(FIELD);
    cursor.skip(FIELD, ((headerFlags & 0x20) != 0 ? 16 : 0) + ((headerFlags & 0x10) != 0 ? 4 : 0));
    long size = file.number(FIELD, 1 << (headerFlags & 3));
    long at = cursor.position();
    if (size < 0 || size > cursor.size() - at) {
      throw cursor.malformed(
          FIELD, "declares " + Long.toUnsignedString(size) + " bytes but fewer follow");
    }
    blocks.add(new Block(at, size));
  }

  private void addBlock(long address, long length) throws FormatException {
    if (++blockCount > MOST_BLOCKS) {
      throw new FormatException.LimitExceeded(
          cursor.where(FIELD), cursor.position(), "continues more than " + MOST_BLOCKS + " times");
    }
    blocks.add(new Block(file.place(FIELD, address, length), length));
  }

  private void readMessagesOfOld(long end) throws IOException, FormatException {
    while (end - cursor.position() >= 8) {
      int type = cursor.u16(FIELD);
      int size = cursor.u16(FIELD);
      int flags = cursor.u8(FIELD);
      cursor.skip(FIELD, 3);
      message(type, size, flags, end);
    }
  }

  private void readMessagesOfRecent(long end) throws IOException, FormatException {
    int head = (headerFlags & 4) != 0 ? 6 : 4;
    while (end - cursor.position() >= head) {
      int type = cursor.u8(FIELD);
      int size = cursor.u16(FIELD);
      int flags = cursor.u8(FIELD);
      cursor.skip(FIELD, head - 4);
      message(type, size, flags, end);
    }
  }

  private void message(int type, int size, int flags, long end)
      throws IOException, FormatException {
    long at = cursor.position();
    if (size > end - at) {
      throw cursor.malformed(FIELD, "has a message of " + size + " bytes, but fewer follow");
    }
    if (++messages > MOST_MESSAGES) {
      throw new FormatException.LimitExceeded(
          cursor.where(FIELD), at, "has more than " + MOST_MESSAGES + " messages");
    }
    try {
      take(type, flags, at + size);
    } catch (FormatException e) {
      listener.broken(e); // the next message has its own place
    }
    cursor.seek(at + size);
  }

  private void take(int type, int flags, long end) throws IOException, FormatException {
    if (wanted != 0 && type != CONTINUATION) {
      found = type == wanted && found < 0 ? cursor.position() : found;
      return;
    }
    boolean isShared = (flags & SHARED) != 0;
    switch (type) {
      case ATTRIBUTE, LINK, EXTERNAL_FILES -> {
        if (isShared) {
          throw new FormatException.Unsupported(
              cursor.where(FIELD), cursor.position(), "a shared message of type " + type);
        }
        if (type == ATTRIBUTE) {
          new AttributeReader(file, listener, path).read(end);
        } else if (type == LINK) {
          link();
        } else {
          externalFiles();
        }
      }
      case FILTERS -> filters(end);
      case SPACE, TYPE -> {
        if (!listener.hearsDatasets()) {
          return;
        }
        if (isShared) {
          throw new FormatException.Unsupported(
              cursor.where(FIELD), cursor.position(), "a shared type of a dataset");
        }
        if (type == SPACE) {
          dataset.space();
        } else {
          dataset.type();
        }
      }
      case LAYOUT -> dataset.layout(listener.hearsDatasets());
      case CONTINUATION -> {
        long address = file.address(FIELD);
        long length = file.length(FIELD);
        continuation(address, length);
      }
      case SYMBOL_TABLE -> {
        long tree = file.address("symbol table");
        long heap = file.address("symbol table");
        new OldGroup(file, path, children).read(tree, heap);
      }
      case LINK_INFO -> dense("link info", 8, LINK);
      case ATTRIBUTE_INFO -> dense("attribute info", 2, ATTRIBUTE);
      default -> {}
    }
  }

  private void continuation(long address, long length) throws IOException, FormatException {
    long at = cursor.position();
    file.seek(FIELD, address, length);
    if (cursor.peek() == 'O') {
      file.signature(FIELD, "OCHK");
      addBlock(address + 4, length - 8); // signature before, checksum behind
    } else {
      addBlock(address, length);
    }
    cursor.seek(at);
  }

  /// Many links or attributes are messages in a heap, and their ids in a tree; the heap's address
  /// tells whether they are.
  private void dense(String field, int indexSize, int type) throws IOException, FormatException {
    cursor.skip(field, 1);
    int flags = cursor.u8(field);
    cursor.skip(field, (flags & 1) != 0 ? indexSize : 0);
    long address = file.address(field);
    long tree = file.address(field);
    if (file.isUndefined(address)) {
      return;
    }
    FractalHeap heap = new FractalHeap(file, address);
    new RecordTree(file).forEach(tree, (at, size) -> stored(heap, at, size, type));
  }

  /// A record has the hash of a name and an id, or an id, flags and more.
  private void stored(FractalHeap heap, long at, int size, int type)
      throws IOException, FormatException {
    try {
      long id = type == LINK ? at + Integer.BYTES : at;
      if (heap.idSize() == 0 || id - at + heap.idSize() > size) {
        throw cursor.malformed(FIELD, "has ids of " + heap.idSize() + " in records of " + size);
      }
      cursor.seek(at + heap.idSize());
      boolean isShared = type == ATTRIBUTE && (cursor.u8(FIELD) & SHARED) != 0;
      FractalHeap.Place place = heap.find(id);
      cursor.seek(place.at());
      take(type, isShared ? SHARED : 0, place.at() + place.size());
    } catch (FormatException e) {
      listener.broken(e); // the next record has its own place
    }
  }

  private void link() throws IOException, FormatException {
    String field = "link";
    long start = cursor.position();
    cursor.skip(field, 1);
    int flags = cursor.u8(field);
    int type = (flags & 8) != 0 ? cursor.u8(field) : 0;
    cursor.skip(field, ((flags & 4) != 0 ? 8 : 0) + ((flags & 0x10) != 0 ? 1 : 0));
    long nameSize = file.number(field, 1 << (flags & 3));
    String name = text(field, cursor.proved(field, start, nameSize, LONGEST_NAME));
    String target = path.equals("/") ? "/" + name : path + "/" + name;
    if (type == 0) {
      children.child(file.address(field), target);
    } else if (type == 64) {
      int size = cursor.u16(field);
      cursor.skip(field, 1);
      String[] parts = text(field, Math.max(0, size - 1)).split("\0", -1);
      listener.externalLink(target, parts[0], parts.length > 1 ? parts[1] : "", start);
    }
  }

  private void externalFiles() throws IOException, FormatException {
    String field = "external files";
    long start = cursor.position();
    cursor.skip(field, 4 + 2);
    int used = cursor.u16(field);
    long heap = file.address(field);
    for (int i = 0; i < used; i++) {
      long name = file.length(field);
      file.length(field); // offset in the file
      file.length(field); // bytes of it
      long next = cursor.position();
      listener.externalStorage(path, new LocalHeap(file, heap).text(name), start);
      cursor.seek(next);
    }
  }

  private void filters(long end) throws IOException, FormatException {
    String field = "filters";
    long start = cursor.position();
    int version = cursor.u8(field);
    int count = cursor.u8(field);
    cursor.skip(field, version == 1 ? 6 : 0);
    for (int i = 0; i < count && cursor.position() < end; i++) {
      int filter = cursor.u16(field);
      dataset.filter(filter);
      int nameSize = version == 1 || filter >= FIRST_FOREIGN_FILTER ? cursor.u16(field) : 0;
      cursor.skip(field, 2);
      int values = cursor.u16(field);
      cursor.skip(field, version == 1 ? (nameSize + 7) & -8 : nameSize);
      cursor.skip(field, 4L * (version == 1 ? (values + 1) & -2 : values));
      if (filter >= FIRST_FOREIGN_FILTER) {
        listener.foreignFilter(path, filter, start);
      }
    }
  }

  private String text(String field, long size) throws IOException, FormatException {
    return cursor.text(field, (int) size, StandardCharsets.UTF_8);
  }
}
