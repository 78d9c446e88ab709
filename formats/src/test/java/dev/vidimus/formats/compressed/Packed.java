package dev.vidimus.formats.compressed;

import dev.vidimus.artifact.Budget;
import dev.vidimus.artifact.Bytes;
import dev.vidimus.artifact.Limits;
import dev.vidimus.artifact.Spool;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorOutputStream;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.LZMAOutputStream;
import org.tukaani.xz.XZOutputStream;

/// Bytes in every compression that the reader knows.
final class Packed {
  private static final String[] WORDS = {
    "tensor", "weight", "bias", "layer", "norm", "attention", "embed", "head"
  };

  private Packed() {}

  private interface Wrapper {
    OutputStream around(OutputStream out) throws IOException;
  }

  /// Text that compresses like text; always the same, and what the `words-*.zst` resources hold.
  static byte[] words(int length) {
    StringBuilder text = new StringBuilder();
    int x = 12345;
    while (text.length() < length) {
      x = (int) ((x * 1_103_515_245L + 12345) & 0x7fff_ffff);
      text.append(WORDS[(x >> 16) & 7]);
      text.append((x >> 20 & 3) != 0 ? ' ' : (char) ('0' + (x >> 24) % 10));
    }
    return text.substring(0, length).getBytes(StandardCharsets.US_ASCII);
  }

  static byte[] by(Codec.Stream format, byte... plain) {
    return switch (format) {
      case DEFLATE -> {
        byte[] zlib = wrap(DeflaterOutputStream::new, plain);
        yield Arrays.copyOfRange(zlib, 2, zlib.length - 4);
      }
      case ZLIB -> wrap(DeflaterOutputStream::new, plain);
      case GZIP -> wrap(GZIPOutputStream::new, plain);
      case BZIP2 -> wrap(BZip2CompressorOutputStream::new, plain);
      case XZ -> wrap(out -> new XZOutputStream(out, new LZMA2Options(1)), plain);
      case LZMA -> wrap(out -> new LZMAOutputStream(out, new LZMA2Options(1), -1), plain);
      case ZSTD -> storedZstd(plain);
      case LZ4 -> storedLz4(plain);
      case ZFILE ->
          join(
              String.format("ZF%-19s", "0x" + Integer.toHexString(plain.length))
                  .getBytes(StandardCharsets.US_ASCII),
              by(Codec.Stream.ZLIB, plain));
    };
  }

  private static byte[] wrap(Wrapper wrapper, byte[] plain) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (OutputStream packing = wrapper.around(out)) {
      packing.write(plain);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  /// A frame with a 128 KiB window and raw blocks.
  private static byte[] storedZstd(byte[] plain) {
    byte[] frame = {0x28, (byte) 0xb5, 0x2f, (byte) 0xfd, 0, 0x38};
    int at = 0;
    do {
      int length = Math.min(1 << 17, plain.length - at);
      int header = length << 3 | (at + length == plain.length ? 1 : 0);
      frame =
          join(
              frame,
              new byte[] {(byte) header, (byte) (header >> 8), (byte) (header >> 16)},
              Arrays.copyOfRange(plain, at, at + length));
      at += length;
    } while (at < plain.length);
    return frame;
  }

  /// A frame of plain blocks of 64 KiB.
  private static byte[] storedLz4(byte[] plain) {
    byte[] frame = {4, 0x22, 0x4d, 0x18, 0x60, 0x40, 0};
    for (int at = 0; at < plain.length; at += 1 << 16) {
      int length = Math.min(1 << 16, plain.length - at);
      byte[] size = {(byte) length, (byte) (length >> 8), (byte) (length >> 16), (byte) 0x80};
      frame = join(frame, size, Arrays.copyOfRange(plain, at, at + length));
    }
    return join(frame, new byte[4]);
  }

  static byte[] join(byte[]... parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }

  static byte[] resource(String name) throws IOException {
    try (InputStream in = Packed.class.getResourceAsStream(name)) {
      return Objects.requireNonNull(in, name).readAllBytes();
    }
  }

  static Inflated inflate(Codec codec, byte... packed) throws IOException {
    return inflate(codec, Limits.DEFAULT, packed);
  }

  static Inflated inflate(Codec codec, Limits limits, byte... packed) throws IOException {
    Spool spool = new Spool(Path.of("target", "spool"), 1 << 20);
    return new Inflation(new Budget(limits), spool)
        .inflate(codec, Bytes.of(packed), "file", Long.MAX_VALUE);
  }

  static byte[] content(Inflated inflated) throws IOException {
    return inflated.content().array(0, (int) inflated.content().size());
  }
}
