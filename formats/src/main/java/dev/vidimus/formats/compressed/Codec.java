package dev.vidimus.formats.compressed;

/// How bytes were compressed.
public sealed interface Codec {
  /// Formats that say everything in the stream itself.
  enum Stream implements Codec {
    /// Raw deflate, [RFC 1951](https://www.rfc-editor.org/rfc/rfc1951); one stream.
    DEFLATE,
    /// [RFC 1950](https://www.rfc-editor.org/rfc/rfc1950); one stream.
    ZLIB,
    /// [RFC 1952](https://www.rfc-editor.org/rfc/rfc1952); every member.
    GZIP,
    /// Every stream.
    BZIP2,
    /// [The .xz format](https://tukaani.org/xz/xz-file-format.txt), 1.2.1; every stream.
    XZ,
    /// LZMA_Alone, the old `.lzma`; one stream.
    LZMA,
    /// [RFC 8878](https://www.rfc-editor.org/rfc/rfc8878); every frame, skippable ones passed over.
    ZSTD,
    /// The LZ4 frame format 1.6.x and the legacy frame; every frame.
    LZ4,
    /// joblib before 0.10: `ZF`, the plain length in hexadecimal, zlib.
    ZFILE
  }

  /// LZMA without a header, as in a 7z folder.
  ///
  /// @param properties `(pb * 5 + lp) * 9 + lc`; below 225
  /// @param dictionary bytes that matches may reach back
  /// @param size plain bytes, or -1 if only an end marker ends the stream
  record RawLzma(int properties, long dictionary, long size) implements Codec {}

  /// LZMA2 chunks without a container.
  ///
  /// @param dictionary bytes that matches may reach back
  record RawLzma2(long dictionary) implements Codec {}

  /// LZMA as [APPNOTE 5.8.8](https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT) puts it
  /// into ZIP: two bytes of version, the length of the properties, the properties, the stream.
  ///
  /// @param size plain bytes, or -1 if an end marker ends the stream
  record ZipLzma(long size) implements Codec {}
}
