package dev.vidimus.formats.gguf;

import dev.vidimus.artifact.Bytes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/// A metadata value: where it stands in the file, already checked, read on demand.
///
/// @param key its name, unique in the file
/// @param type its type
/// @param element type of the elements if it is an array, otherwise the same as `type`
/// @param count number of elements; 1 unless it is an array
/// @param offset first byte of the content, after all lengths, from the start of the file
/// @param size of the content in bytes
public record GgufValue(
    String key, GgufType type, GgufType element, long count, long offset, long size) {
  /// The text of a string, at most `most` bytes of it; empty if the value is not a string. Bytes
  /// that are not UTF-8 become U+FFFD.
  ///
  /// @param file the file that the value was read from
  public String text(Bytes file, int most) throws IOException {
    if (type != GgufType.STRING) {
      return "";
    }
    byte[] content = file.array(offset, (int) Math.min(most, size));
    return new String(content, StandardCharsets.UTF_8);
  }
}
