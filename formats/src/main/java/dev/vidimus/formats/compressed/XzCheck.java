package dev.vidimus.formats.compressed;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.zip.CRC32;

/// The sum behind an xz block, section 2.1.1.2 of its format.
sealed interface XzCheck extends Output.Sum {
  /// Bytes that the sum takes in the file.
  int size();

  /// Compares and begins anew.
  boolean matches(byte[] declared);

  static XzCheck of(int id) {
    return switch (id) {
      case 1 -> new Crc32(new CRC32());
      case 4 -> new Crc64();
      case 10 -> new Sha256(sha256());
      default ->
          new Unchecked(id == 0 ? 0 : 4 << ((id - 1) / 3)); // none, or one that the format reserves
    };
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /// No sum, or one that nobody defined.
  record Unchecked(int size) implements XzCheck {
    @Override
    public void update(byte[] from, int at, int length) {}

    @Override
    public boolean matches(byte[] declared) {
      return true;
    }
  }

  /// CRC-32, little-endian.
  record Crc32(CRC32 crc) implements XzCheck {
    @Override
    public int size() {
      return Integer.BYTES;
    }

    @Override
    public void update(byte[] from, int at, int length) {
      crc.update(from, at, length);
    }

    @Override
    public boolean matches(byte[] declared) {
      long found = crc.getValue();
      crc.reset();
      return found == (little(declared) & 0xffff_ffffL);
    }
  }

  /// CRC-64 of ECMA-182, little-endian.
  final class Crc64 implements XzCheck {
    private static final long[] TABLE = table();
    private long crc = -1;

    private static long[] table() {
      long[] table = new long[256];
      for (int i = 0; i < 256; i++) {
        long value = i;
        for (int bit = 0; bit < 8; bit++) {
          value = (value & 1) == 1 ? (value >>> 1) ^ 0xc96c_5795_d787_0f42L : value >>> 1;
        }
        table[i] = value;
      }
      return table;
    }

    @Override
    public int size() {
      return Long.BYTES;
    }

    @Override
    public void update(byte[] from, int at, int length) {
      long value = crc;
      for (int i = at; i < at + length; i++) {
        value = TABLE[(int) (value ^ from[i]) & 0xff] ^ (value >>> 8);
      }
      crc = value;
    }

    @Override
    public boolean matches(byte[] declared) {
      long found = ~crc;
      crc = -1;
      return found == little(declared);
    }
  }

  /// SHA-256.
  record Sha256(MessageDigest digest) implements XzCheck {
    @Override
    public int size() {
      return 32;
    }

    @Override
    public void update(byte[] from, int at, int length) {
      digest.update(from, at, length);
    }

    @Override
    public boolean matches(byte[] declared) {
      return Arrays.equals(digest.digest(), declared);
    }
  }

  private static long little(byte[] bytes) {
    long value = 0;
    for (int i = bytes.length - 1; i >= 0; i--) {
      value = (value << 8) | (bytes[i] & 0xff);
    }
    return value;
  }
}
