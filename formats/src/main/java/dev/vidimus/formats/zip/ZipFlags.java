package dev.vidimus.formats.zip;

/// General purpose bits, APPNOTE 4.4.4, that readers treat differently.
public final class ZipFlags {
  /// The data is encrypted; PyTorch reads on as if it were not.
  public static final int ENCRYPTED = 1;

  /// Bit 1, for LZMA only: an end marker ends the stream.
  public static final int END_MARKER = 1 << 1;

  /// CRC and sizes stand behind the data.
  public static final int SIZES_FOLLOW = 1 << 3;

  /// The data is a patch; Python refuses, PyTorch reads on.
  public static final int PATCHED = 1 << 5;

  /// Strong encryption; Python refuses, PyTorch reads on.
  public static final int STRONG_ENCRYPTION = 1 << 6;

  private ZipFlags() {}
}
