package dev.vidimus.formats.compressed;

import dev.vidimus.artifact.Budget;
import dev.vidimus.artifact.ByteCursor;
import dev.vidimus.artifact.Bytes;
import dev.vidimus.artifact.FormatException;
import dev.vidimus.artifact.Spool;
import java.io.IOException;

/// Decompresses within a budget.
public final class Inflation {
  private final Budget budget;
  private final Spool spool;

  /// @param budget what the plain bytes are taken from
  /// @param spool where they go
  public Inflation(Budget budget, Spool spool) {
    this.budget = budget;
    this.spool = spool;
  }

  /// Decompresses a source from its first byte on.
  ///
  /// @param source its name in errors
  /// @param most plain bytes that are worth having; beyond them the result is broken by a limit
  /// @return what came out, whatever happened
  /// @throws IOException if the source cannot be read or the spool not be written
  public Inflated inflate(Codec codec, Bytes packed, String source, long most) throws IOException {
    ByteCursor in = new ByteCursor(packed, source);
    try (Output out = new Output(spool.sink(), budget, source, most)) {
      try {
        decode(codec, in, out);
      } catch (FormatException e) {
        out.failed(e);
      }
      return new Inflated(out.finish(), in.position(), out.failure());
    }
  }

  private static void decode(Codec codec, ByteCursor in, Output out)
      throws IOException, FormatException {
    switch (codec) {
      case Codec.Stream stream -> decode(stream, in, out);
      case Codec.RawLzma raw ->
          new Lzma(in, new Window(out, raw.dictionary()), raw.properties())
              .decodeStream(raw.size());
      case Codec.RawLzma2 raw -> Lzma2.decode(in, new Window(out, raw.dictionary()));
      case Codec.ZipLzma zip -> LzmaHeader.decodeZip(in, out, zip.size());
    }
  }

  // A switch over names, so that only the decoder that is needed is loaded.
  private static void decode(Codec.Stream stream, ByteCursor in, Output out)
      throws IOException, FormatException {
    switch (stream) {
      case DEFLATE -> Deflate.decodeRaw(in, out);
      case ZLIB -> Deflate.decodeZlib(in, out);
      case GZIP -> Gzip.decode(in, out);
      case BZIP2 -> Bzip2.decode(in, out);
      case XZ -> Xz.decode(in, out);
      case LZMA -> LzmaHeader.decodeAlone(in, out);
      case ZSTD -> Zstd.decode(in, out);
      case LZ4 -> Lz4.decode(in, out);
      case ZFILE -> ZFile.decode(in, out);
    }
  }
}
