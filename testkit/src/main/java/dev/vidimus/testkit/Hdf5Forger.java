package dev.vidimus.testkit;

import java.nio.charset.StandardCharsets;

/// Makes HDF5 files of superblock 2: a root group whose header holds whatever messages are given.
/// Checksums are left 0, which no reader of ours looks at.
public final class Hdf5Forger {
  private static final int ATTRIBUTE = 0x0c;
  private static final int LINK = 0x06;
  private static final int EXTERNAL = 64;
  private static final long NONE = -1;

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
    LittleEndian type = new LittleEndian();
    type.u8(0x11).u8(0x20).u8(31).u8(0).u32(4).u16(0).u16(32).u8(23).u8(8).u8(0).u8(23).u32(127);
    LittleEndian layout = new LittleEndian();
    int header = 10 + 4 + space.size() + 4 + type.size() + 4 + 18 + 4;
    layout.u8(3).u8(1).u64(at + header).u64(data.length);
    Hdf5Forger object = new Hdf5Forger();
    object.message(1, space.array()).message(3, type.array()).message(8, layout.array());
    return new LittleEndian().bytes(object.header()).bytes(data).array();
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
