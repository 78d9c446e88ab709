package dev.vidimus.testkit;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/// A member of a forged ZIP archive: honest until one of its methods makes a header lie.
public final class ZipMember {
  String name;
  String localName;
  byte[] data;
  int flags;
  int localFlags;
  int method;
  int localMethod;
  long crc;
  long localCrc;
  long packed;
  long localPacked;
  long size;
  long localSize;
  int unixMode;
  byte[] extra = {};
  boolean listed = true;
  boolean described;

  private ZipMember(String name, byte[] content) {
    this.name = name;
    this.localName = name;
    this.data = content;
    CRC32 sum = new CRC32();
    sum.update(content);
    crc(sum.getValue());
    packed(content.length);
    size(content.length);
  }

  /// A stored member.
  public static ZipMember of(String name, byte... content) {
    return new ZipMember(name, content);
  }

  /// A stored member with text.
  public static ZipMember of(String name, String text) {
    return new ZipMember(name, text.getBytes(StandardCharsets.UTF_8));
  }

  /// Compresses the content.
  public ZipMember deflated() {
    Deflater deflater = new Deflater(9, true);
    deflater.setInput(data);
    deflater.finish();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    byte[] buffer = new byte[1 << 13];
    while (!deflater.finished()) {
      out.write(buffer, 0, deflater.deflate(buffer));
    }
    deflater.end();
    return packedBy(8, out.toByteArray());
  }

  /// Takes bytes that were compressed elsewhere.
  public ZipMember packedBy(int newMethod, byte... bytes) {
    data = bytes;
    packed(bytes.length);
    return method(newMethod).localMethod(newMethod);
  }

  /// The local header has another name.
  public ZipMember localName(String other) {
    localName = other;
    return this;
  }

  /// Both headers have these flags.
  public ZipMember flags(int bits) {
    flags = bits;
    localFlags = bits;
    return this;
  }

  /// The directory has this method.
  public ZipMember method(int id) {
    method = id;
    return this;
  }

  /// The local header has this method.
  public ZipMember localMethod(int id) {
    localMethod = id;
    return this;
  }

  /// Both headers have this CRC-32.
  public ZipMember crc(long value) {
    crc = value;
    localCrc = value;
    return this;
  }

  /// Both headers have this plain size.
  public ZipMember size(long bytes) {
    size = bytes;
    localSize = bytes;
    return this;
  }

  /// Both headers have this compressed size.
  public ZipMember packed(long bytes) {
    packed = bytes;
    localPacked = bytes;
    return this;
  }

  /// The local header has this compressed size.
  public ZipMember localPacked(long bytes) {
    localPacked = bytes;
    return this;
  }

  /// The directory has this Unix mode, such as 0120777 for a symbolic link.
  public ZipMember unixMode(int mode) {
    unixMode = mode;
    return this;
  }

  /// Both headers have these extra fields.
  public ZipMember extra(byte... fields) {
    extra = fields;
    return this;
  }

  /// No directory lists the member.
  public ZipMember hidden() {
    listed = false;
    return this;
  }

  /// The local header leaves CRC and sizes to a data descriptor behind the data.
  public ZipMember described() {
    described = true;
    flags |= 8;
    localFlags |= 8;
    return this;
  }
}
