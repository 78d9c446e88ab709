package dev.vidimus.lineage.tensors;

import dev.vidimus.artifact.FormatException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/// Tells containers apart by their first bytes, and where those say nothing by the name.
final class Container {
  private Container() {}

  static WeightFiles.Kind of(MappedFile file, String path) throws IOException, FormatException {
    byte[] head = file.head(16);
    WeightFiles.Kind named = WeightFiles.Kind.of(path);
    if (begins(head, "GGUF")) {
      return WeightFiles.Kind.GGUF;
    }
    if (begins(head, "\u0093NUMPY")) {
      return WeightFiles.Kind.NUMPY;
    }
    if (begins(head, "\u0089HDF\r\n")) {
      return WeightFiles.Kind.HDF5;
    }
    if (isZip(file)) {
      boolean isNamed = named == WeightFiles.Kind.NUMPY || named == WeightFiles.Kind.HDF5;
      return isNamed && named != null ? named : WeightFiles.Kind.TORCH;
    }
    if (head.length > 8 && head[8] == '{' && head[6] == 0 && head[7] == 0) {
      return WeightFiles.Kind.SAFETENSORS;
    }
    if (named == null) {
      throw new FormatException.Unsupported(path, 0, "no container of tensors that is read here");
    }
    return named;
  }

  static boolean isZip(MappedFile file) throws IOException {
    return begins(file.head(4), "PK\u0003\u0004");
  }

  private static boolean begins(byte[] head, String magic) {
    byte[] expected = magic.getBytes(StandardCharsets.ISO_8859_1);
    for (int i = 0; i < expected.length; i++) {
      if (i >= head.length || head[i] != expected[i]) {
        return false;
      }
    }
    return true;
  }
}
