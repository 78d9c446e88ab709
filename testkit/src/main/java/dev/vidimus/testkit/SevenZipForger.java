package dev.vidimus.testkit;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;

/// Writes 7z archives with a plain header, one folder a file.
public final class SevenZipForger {
  private final List<Stream> streams = new ArrayList<>();
  private byte[] suffix = {};

  private static final class Stream {
    private final String name;
    private final byte[] plain;
    private final byte[] packed;
    private final byte[] coder;

    Stream(String name, byte[] plain, byte[] packed, byte[] coder) {
      this.name = name;
      this.plain = plain;
      this.packed = packed;
      this.coder = coder;
    }
  }

  /// A file stored as it is.
  public SevenZipForger file(String name, byte... content) {
    return file(name, content, content, new byte[] {1, 0});
  }

  /// A file that was packed elsewhere.
  ///
  /// @param coder its description: flags, id, and if bit 5 is set the properties
  public SevenZipForger file(String name, byte[] plain, byte[] packed, byte[] coder) {
    streams.add(new Stream(name, plain, packed, coder));
    return this;
  }

  /// Bytes behind the archive.
  public SevenZipForger suffix(byte... bytes) {
    suffix = bytes;
    return this;
  }

  /// The archive.
  public byte[] bytes() {
    LittleEndian packed = new LittleEndian();
    for (Stream stream : streams) {
      packed.bytes(stream.packed);
    }
    byte[] header = header();
    byte[] start =
        new LittleEndian().u64(packed.size()).u64(header.length).u32(crc(header)).array();
    return new LittleEndian()
        .bytes(new byte[] {'7', 'z', (byte) 0xbc, (byte) 0xaf, 0x27, 0x1c, 0, 4})
        .u32(crc(start))
        .bytes(start)
        .bytes(packed.array())
        .bytes(header)
        .bytes(suffix)
        .array();
  }

  private byte[] header() {
    LittleEndian out = new LittleEndian().u8(1).u8(4);
    out.u8(6);
    number(out, 0);
    number(out, streams.size());
    out.u8(9);
    for (Stream stream : streams) {
      number(out, stream.packed.length);
    }
    out.u8(0).u8(7).u8(11);
    number(out, streams.size());
    out.u8(0);
    for (Stream stream : streams) {
      number(out, 1);
      out.bytes(stream.coder);
    }
    out.u8(12);
    for (Stream stream : streams) {
      number(out, stream.plain.length);
    }
    out.u8(10).u8(1);
    for (Stream stream : streams) {
      out.u32(crc(stream.plain));
    }
    out.u8(0).u8(0);
    names(out.u8(5));
    return out.u8(0).array();
  }

  private void names(LittleEndian out) {
    number(out, streams.size());
    LittleEndian names = new LittleEndian().u8(0);
    for (Stream stream : streams) {
      names.bytes(stream.name.getBytes(StandardCharsets.UTF_16LE)).u16(0);
    }
    out.u8(17);
    number(out, names.size());
    out.bytes(names.array()).u8(0);
  }

  /// Always in its longest form, which is valid too.
  private static void number(LittleEndian out, long value) {
    out.u8(0xff).u64(value);
  }

  private static long crc(byte[] bytes) {
    CRC32 crc = new CRC32();
    crc.update(bytes);
    return crc.getValue();
  }
}
