package dev.vidimus.testkit;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;

/// Makes HDF5 files of superblock 2: a root group whose header holds whatever messages are given.
/// Checksums are left 0, which no reader of ours looks at.
public final class Hdf5Forger {
  private static final int ATTRIBUTE = 0x0c;
  private static final int LINK = 0x06;
  private static final int EXTERNAL = 64;
  private static final long NONE = -1;

  /// The type of 32-bit floats.
  private static final byte[] FLOAT =
      new LittleEndian()
          .u8(0x11)
          .u8(0x20)
          .u8(31)
          .u8(0)
          .u32(4)
          .u16(0)
          .u16(32)
          .u8(23)
          .u8(8)
          .u8(0)
          .u8(23)
          .u32(127)
          .array();

  /// Where the root group's header is: behind the superblock.
  public static final long ROOT = 48;

  private final LittleEndian messages = new LittleEndian();
  private long missing;

  /// A file with an empty root group.
  public static Hdf5Forger hdf5() {
    return new Hdf5Forger();
  }

  private Hdf5Forger() {}

  /// An attribute that is a text of fixed length.
  public Hdf5Forger attribute(String name, String value) {
    byte[] text = value.getBytes(StandardCharsets.UTF_8);
    byte[] label = (name + "\0").getBytes(StandardCharsets.UTF_8);
    LittleEndian body = new LittleEndian();
    body.u8(3).u8(0).u16(label.length).u16(8).u16(4).u8(0).bytes(label);
    body.u8(0x13).u8(0).u16(0).u32(text.length); // a string
    body.u8(2).u8(0).u8(0).u8(0); // of no dimensions
    return message(ATTRIBUTE, body.bytes(text).array());
  }

  /// A link to an object of this file.
  public Hdf5Forger link(String name, long address) {
    byte[] label = name.getBytes(StandardCharsets.UTF_8);
    LittleEndian body = new LittleEndian();
    body.u8(1).u8(0).u8(label.length).bytes(label).u64(address);
    return message(LINK, body.array());
  }

  /// A link to an object of another file.
  public Hdf5Forger externalLink(String name, String file, String object) {
    byte[] label = name.getBytes(StandardCharsets.UTF_8);
    byte[] value = ("\0" + file + "\0" + object + "\0").getBytes(StandardCharsets.UTF_8);
    LittleEndian body = new LittleEndian();
    body.u8(1).u8(8).u8(EXTERNAL).u8(label.length).bytes(label).u16(value.length).bytes(value);
    return message(LINK, body.array());
  }

  /// Any message.
  public Hdf5Forger message(int type, byte... body) {
    messages.u8(type).u16(body.length).u8(0).bytes(body);
    return this;
  }

  /// Says that the file is longer than it is.
  public Hdf5Forger missing(long bytes) {
    missing = bytes;
    return this;
  }

  /// A dataset of 32-bit floats to be put behind the file, and linked to; its data follow its
  /// header.
  ///
  /// @param at where it is put
  public static byte[] dataset(long at, byte[] data, long... shape) {
    LittleEndian space = new LittleEndian();
    space.u8(2).u8(shape.length).u8(0).u8(1);
    for (long dimension : shape) {
      space.u64(dimension);
    }
    LittleEndian layout = new LittleEndian();
    int header = 10 + 4 + space.size() + 4 + FLOAT.length + 4 + 18 + 4;
    layout.u8(3).u8(1).u64(at + header).u64(data.length);
    Hdf5Forger object = new Hdf5Forger();
    object.message(1, space.array()).message(3, FLOAT).message(8, layout.array());
    return new LittleEndian().bytes(object.header()).bytes(data).array();
  }

  /// A dataset of 32-bit floats in chunks, to be put behind the file, and linked to; the tree that
  /// lists the chunks and their bytes follow its header.
  ///
  /// @param at where it is put
  /// @param shape of the dataset
  /// @param box shape of a chunk
  /// @param filters their numbers, in order
  public static byte[] chunked(
      long at, List<Long> shape, List<Long> box, List<Integer> filters, List<Chunk> chunks) {
    int rank = shape.size();
    LittleEndian space = new LittleEndian().u8(2).u8(rank).u8(0).u8(1);
    shape.forEach(space::u64);
    LittleEndian pipeline = new LittleEndian().u8(2).u8(filters.size());
    filters.forEach(filter -> pipeline.u16(filter).u16(0).u16(0));
    int layoutSize = 3 + 8 + 4 * (rank + 1);
    int messages = 4 + space.size() + 4 + FLOAT.length + 4 + pipeline.size() + 4 + layoutSize;
    long tree = at + 10 + messages + 4;
    LittleEndian layout = new LittleEndian().u8(3).u8(2).u8(rank + 1).u64(tree);
    box.forEach(layout::u32);
    layout.u32(4);
    int keySize = 8 + 8 * (rank + 1);
    long data = tree + 24 + chunks.size() * (keySize + 8L) + keySize;
    LittleEndian node = new LittleEndian().bytes("TREE".getBytes(StandardCharsets.ISO_8859_1));
    node.u8(1).u8(0).u16(chunks.size()).u64(NONE).u64(NONE);
    LittleEndian bytes = new LittleEndian();
    for (Chunk chunk : chunks) {
      node.u32(chunk.stored().size()).u32(chunk.skipped());
      chunk.first().forEach(node::u64);
      node.u64(0).u64(data + bytes.size());
      chunk.stored().forEach(bytes::u8);
    }
    node.bytes(new byte[keySize]);
    Hdf5Forger object = new Hdf5Forger();
    object.message(1, space.array()).message(3, FLOAT).message(0x0b, pipeline.array());
    object.message(8, layout.array());
    LittleEndian all = new LittleEndian().bytes(object.header()).bytes(node.array());
    return all.bytes(bytes.array()).array();
  }

  /// One of them.
  ///
  /// @param first element of the dataset that is in it
  /// @param stored its bytes in the file
  /// @param skipped a bit for each filter that they did not go through
  public record Chunk(List<Long> first, List<Byte> stored, int skipped) {
    /// One that went through all filters.
    public static Chunk of(byte[] stored, long... first) {
      List<Byte> bytes = new ArrayList<>();
      for (byte one : stored) {
        bytes.add(one);
      }
      return new Chunk(LongStream.of(first).boxed().toList(), bytes, 0);
    }

    /// The same, of which some filters were left out.
    public Chunk skipping(int filters) {
      return new Chunk(first, stored, filters);
    }
  }

  private byte[] header() {
    LittleEndian header = new LittleEndian();
    header.bytes("OHDR".getBytes(StandardCharsets.ISO_8859_1)).u8(2).u8(2).u32(messages.size());
    return header.bytes(messages.array()).u32(0).array();
  }

  /// The file.
  public byte[] bytes() {
    byte[] header = header();
    LittleEndian file = new LittleEndian();
    file.u8(0x89).bytes("HDF\r\n\u001a\n".getBytes(StandardCharsets.ISO_8859_1));
    file.u8(2).u8(8).u8(8).u8(0);
    file.u64(0).u64(NONE).u64(ROOT + header.length + missing).u64(ROOT).u32(0);
    return file.bytes(header).array();
  }
}
