package dev.vidimus.formats.compressed;

import dev.vidimus.artifact.ByteCursor;
import dev.vidimus.artifact.FormatException;
import java.io.IOException;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/// Deflate by `java.util.zip.Inflater`: the one decompressor that is not ours, because the JDK
/// ships it and every Java program trusts it with hostile bytes.
final class Deflate implements AutoCloseable {
  private static final int MOST_PACKED = 1 << 13;
  private static final int MOST_PLAIN = 1 << 16;

  private final Inflater inflater;
  private final byte[] packed;
  private final byte[] plain;

  /// @param raw without the header and the sum of zlib
  /// @param size packed bytes at most, so that small members get small buffers
  Deflate(boolean raw, long size) {
    this.inflater = new Inflater(raw);
    this.packed = new byte[Math.clamp(size, 16, MOST_PACKED)];
    this.plain = new byte[Math.clamp(size * 4, 1024, MOST_PLAIN)];
  }

  static void decodeRaw(ByteCursor in, Output out) throws IOException, FormatException {
    try (Deflate deflate = new Deflate(true, in.remaining())) {
      deflate.stream(in, out, "deflate data");
    }
  }

  static void decodeZlib(ByteCursor in, Output out) throws IOException, FormatException {
    try (Deflate deflate = new Deflate(false, in.remaining())) {
      deflate.stream(in, out, "zlib data");
    }
  }

  /// Decodes one stream and leaves the cursor behind it.
  void stream(ByteCursor in, Output out, String field) throws IOException, FormatException {
    inflater.reset();
    while (!inflater.finished()) {
      if (inflater.needsInput()) {
        int part = (int) Math.min(packed.length, in.remaining());
        if (part == 0) {
          throw in.malformed(field, "the stream does not end in the bytes that are there");
        }
        in.array(field, packed, 0, part);
        inflater.setInput(packed, 0, part);
      }
      long before = inflater.getBytesWritten();
      try {
        int count = inflater.inflate(plain);
        out.write(plain, 0, count);
        if (count == 0 && inflater.needsDictionary()) {
          throw new FormatException.Unsupported(
              in.where(field), in.position(), "a preset dictionary");
        }
      } catch (DataFormatException e) {
        // What stands before the broken code was written all the same.
        out.write(plain, 0, (int) (inflater.getBytesWritten() - before));
        in.seek(in.position() - inflater.getRemaining());
        throw in.malformed(field, e.getMessage() == null ? "not deflate" : e.getMessage());
      }
    }
    in.seek(in.position() - inflater.getRemaining());
  }

  @Override
  public void close() {
    inflater.end();
  }
}
