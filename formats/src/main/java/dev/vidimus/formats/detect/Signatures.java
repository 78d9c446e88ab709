package dev.vidimus.formats.detect;

import java.nio.charset.StandardCharsets;
import java.util.List;

/// Formats that begin with fixed bytes.
final class Signatures {
  private static final Signature[] ALL = {
    at(0, "PK\3\4", Format.ZIP),
    at(0, "PK\5\6", Format.ZIP), // an empty archive
    at(0, "PK\7\b", Format.ZIP), // the first part of a split archive
    at(0, "\u001f\u008b\b", Format.GZIP),
    at(0, "\u00fd7zXZ\0", Format.XZ),
    at(0, "(\u00b5/\u00fd", Format.ZSTD),
    at(0, "\4\"M\30", Format.LZ4),
    at(0, "\2!L\30", Format.LZ4), // the legacy frame
    at(0, "ZF0x", Format.ZFILE),
    at(0, "7z\u00bc\u00af'\u001c", Format.SEVEN_ZIP),
    at(0, "\u0093NUMPY", Format.NPY),
    at(0, "GGUF", Format.GGUF), // of both byte orders: the version tells them apart
    at(0, "lmgg", Format.GGML), // the numbers ggml, ggmf, ggjt, ggla and ggsn in little-endian
    at(0, "fmgg", Format.GGML),
    at(0, "tjgg", Format.GGML),
    at(0, "algg", Format.GGML),
    at(0, "nsgg", Format.GGML),
    at(0, "\u007fELF", Format.ELF),
    at(0, "MZqFpD", Format.PE), // "actually portable": at once a PE and a shell script
    at(0, "\u00fe\u00ed\u00fa\u00ce", Format.MACH_O),
    at(0, "\u00fe\u00ed\u00fa\u00cf", Format.MACH_O),
    at(0, "\u00ce\u00fa\u00ed\u00fe", Format.MACH_O),
    at(0, "\u00cf\u00fa\u00ed\u00fe", Format.MACH_O),
    at(0, "\0asm", Format.WASM),
    at(0, "\u0089HDF\r\n\u001a\n", Format.HDF5),
    at(512, "\u0089HDF\r\n\u001a\n", Format.HDF5), // after a user block
    at(1024, "\u0089HDF\r\n\u001a\n", Format.HDF5),
    at(2048, "\u0089HDF\r\n\u001a\n", Format.HDF5),
    at(4, "TFL3", Format.TFLITE),
    at(4, "ET12", Format.EXECUTORCH),
    at(0, "CBM1", Format.CATBOOST),
    at(0, "{L\0\0\0\0\0\0\0", Format.UBJSON), // an object, as XGBoost begins
    at(0, "tree\nversion=v", Format.LIGHTGBM),
    at(0, "tree\r\nversion=v", Format.LIGHTGBM),
    at(0, "binf", Format.XGBOOST),
    at(0, "X\n\0\0\0\2", Format.RDS),
    at(0, "X\n\0\0\0\3", Format.RDS),
    at(0, "B\n\2\0\0\0", Format.RDS),
    at(0, "B\n\3\0\0\0", Format.RDS),
    at(0, "A\n2\n19", Format.RDS), // as text: the versions of format and writer
    at(0, "A\n2\n26", Format.RDS),
    at(0, "A\n3\n19", Format.RDS),
    at(0, "A\n3\n26", Format.RDS),
    at(0, "RDA2\nA\n", Format.RDS),
    at(0, "RDA3\nA\n", Format.RDS),
    at(0, "RDB2\nB\n", Format.RDS),
    at(0, "RDB3\nB\n", Format.RDS),
    at(0, "RDX2\nX\n", Format.RDS),
    at(0, "RDX3\nX\n", Format.RDS),
    at(0, "\u0012\1\0\0\0\0\0\0", Format.MXNET),
    at(0, "ftrt", Format.TENSORRT),
    at(0, "\4\0\0\0\1\0\0\0\3\0\0\0V 1", Format.TORCH7),
    at(0, "\f\u00db:*", Format.OCDBT), // manifest
    at(0, "\f\u00db \u00de", Format.OCDBT), // node
    at(0, "\f\u00db\0224", Format.OCDBT), // versions
    at(0, "PAR1", Format.PARQUET),
    at(0, "ARROW1\0\0", Format.ARROW),
    at(0, "SQLite format 3\0", Format.SQLITE),
    at(0, "Rar!\u001a\7", Format.RAR),
    at(0, "MSCF\0\0\0\0", Format.CAB),
    at(0, "\u00d0\u00cf\u0011\u00e0\u00a1\u00b1\u001a\u00e1", Format.OLE),
    at(0, "%PDF-", Format.PDF),
    at(0, "version https://git-lfs.github.com/spec/v", Format.LFS_POINTER),
    at(0, "version https://hawser.github.com/spec/v", Format.LFS_POINTER),
    at(0, "\u0089PNG\r\n\u001a\n", Format.MEDIA),
    at(0, "\u00ff\u00d8\u00ff", Format.MEDIA),
    at(0, "GIF87a", Format.MEDIA),
    at(0, "GIF89a", Format.MEDIA),
    at(8, "WEBPVP8", Format.MEDIA),
    at(8, "WAVEfmt ", Format.MEDIA),
    at(0, "fLaC\0", Format.MEDIA),
    at(0, "OggS\0", Format.MEDIA),
    at(0, "ID3", Format.MEDIA),
    at(4, "ftypisom", Format.MEDIA),
    at(4, "ftypmp4", Format.MEDIA),
    at(0, "\u001aE\u00df\u00a3", Format.MEDIA), // Matroska, WebM
  };

  private static final class Signature {
    private final int offset;
    private final byte[] bytes;
    private final Format format;

    Signature(int offset, byte[] bytes, Format format) {
      this.offset = offset;
      this.bytes = bytes;
      this.format = format;
    }

    boolean matches(byte[] head) {
      if (head.length < offset + bytes.length) {
        return false;
      }
      for (int i = 0; i < bytes.length; i++) {
        if (head[offset + i] != bytes[i]) {
          return false;
        }
      }
      return true;
    }
  }

  private Signatures() {}

  private static Signature at(int offset, String bytes, Format format) {
    return new Signature(offset, bytes.getBytes(StandardCharsets.ISO_8859_1), format);
  }

  /// Adds every format whose fixed bytes stand in the head.
  static void addTo(List<Format> found, byte[] head) {
    for (Signature signature : ALL) {
      if (signature.matches(head) && !found.contains(signature.format)) {
        found.add(signature.format);
      }
    }
  }
}
