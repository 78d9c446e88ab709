package dev.vidimus.testkit;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

/// Writes tar archives, honest or not, header by header.
public final class TarForger {
  private static final int BLOCK = 512;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  /// A file.
  public TarForger file(String name, byte... content) {
    return member('0', name, "", content);
  }

  /// A file with text.
  public TarForger file(String name, String text) {
    return file(name, text.getBytes(StandardCharsets.UTF_8));
  }

  /// A member of any type without content, such as `'2'` for a symbolic link.
  public TarForger link(char type, String name, String target) {
    return member(type, name, target);
  }

  /// A member of any type.
  public TarForger member(char type, String name, String link, byte... content) {
    return header(type, name, link, content.length).data(content);
  }

  /// An extended header with one record, for the member that follows.
  public TarForger pax(String key, String value) {
    int length = key.length() + value.length() + 3;
    while (length != key.length() + value.length() + 3 + Integer.toString(length).length()) {
      length = key.length() + value.length() + 3 + Integer.toString(length).length();
    }
    String line = length + " " + key + "=" + value + "\n";
    return member('x', "pax", "", line.getBytes(StandardCharsets.UTF_8));
  }

  /// A header that declares any size.
  public TarForger header(char type, String name, String link, long size) {
    byte[] block = new byte[BLOCK];
    put(block, 0, name);
    put(block, 100, "0000644\0" + "0000000\0" + "0000000\0");
    put(block, 124, String.format(Locale.ROOT, "%011o\0", size));
    put(block, 136, "00000000000\0");
    put(block, 156, String.valueOf(type));
    put(block, 157, link);
    put(block, 257, "ustar\00000");
    return seal(block);
  }

  /// Any block, with a valid checksum put into it.
  public TarForger seal(byte... block) {
    put(block, 148, "        ");
    int sum = 0;
    for (byte each : block) {
      sum += each & 0xff;
    }
    put(block, 148, String.format(Locale.ROOT, "%06o\0 ", sum));
    out.writeBytes(block);
    return this;
  }

  private static void put(byte[] block, int at, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    System.arraycopy(bytes, 0, block, at, bytes.length);
  }

  /// Content, padded to a block.
  public TarForger data(byte... content) {
    int padded = (content.length + BLOCK - 1) / BLOCK * BLOCK;
    out.writeBytes(Arrays.copyOf(content, padded));
    return this;
  }

  /// Bytes as they are.
  public TarForger raw(byte... bytes) {
    out.writeBytes(bytes);
    return this;
  }

  /// The two zero blocks that end an archive.
  public TarForger end() {
    return raw(new byte[2 * BLOCK]);
  }

  /// The archive.
  public byte[] bytes() {
    return out.toByteArray();
  }
}
