package dev.vidimus.testkit;

import java.nio.charset.StandardCharsets;

/// Makes safetensors files, right or wrong: the header is taken as it is given.
public final class SafetensorsForger {
  private SafetensorsForger() {}

  /// A file whose length field tells the truth.
  ///
  /// @param header the JSON, with `'` instead of `"` so that tests can be read
  /// @param buffer size of the tensors' bytes, which are all 0
  public static byte[] file(String header, int buffer) {
    return file(header, new byte[buffer]);
  }

  /// A file whose length field tells the truth.
  public static byte[] file(String header, byte[] buffer) {
    byte[] json = header.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    return file(json.length, json, buffer);
  }

  /// A file whose length field says anything.
  public static byte[] file(long length, byte[] header, byte[] buffer) {
    return new LittleEndian().u64(length).bytes(header).bytes(buffer).array();
  }

  /// A file with one small tensor and this entry as its metadata; both are escaped.
  public static byte[] withMetadata(String key, String text) {
    return file(
        "{'__metadata__':{"
            + quoted(key)
            + ":"
            + quoted(text)
            + "},'w':{'dtype':'U8','shape':[1],'data_offsets':[0,1]}}",
        1);
  }

  private static String quoted(String text) {
    StringBuilder out = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < ' ' || c == '"' || c == '\\' || c == '\'') {
        out.append(String.format("\\u%04x", (int) c));
      } else {
        out.append(c);
      }
    }
    return out.append('"').toString();
  }
}
