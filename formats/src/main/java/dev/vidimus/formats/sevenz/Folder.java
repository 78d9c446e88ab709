package dev.vidimus.formats.sevenz;

import dev.vidimus.artifact.ByteCursor;
import dev.vidimus.artifact.FormatException;
import dev.vidimus.formats.compressed.Codec;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;

/// One packed stream, or several, and the coders that make one plain stream of it.
///
/// @param methods ids of the coders in hexadecimal
/// @param properties of the first coder, one character a byte
/// @param packedStreams that the folder takes
/// @param outputs of all coders, each with a declared size
/// @param packedAt where its first packed stream begins in the file
/// @param packed bytes of its first packed stream
/// @param size plain bytes that come out at last
record Folder(
    String methods,
    int coders,
    String properties,
    int packedStreams,
    int outputs,
    int mainOutput,
    long packedAt,
    long packed,
    long size) {
  private static final int MOST_CODERS = 32;
  private static final int MOST_STREAMS = 32;
  private static final int MOST_PROPERTIES = 1 << 16;
  private static final String FIELD = "7z folder";

  /// Reads a folder description; where and how large its streams are is said elsewhere.
  static Folder read(ByteCursor in) throws IOException, FormatException {
    int coders = Numbers.count(in, FIELD, MOST_CODERS);
    if (coders == 0) {
      throw in.malformed(FIELD, "has no coder");
    }
    StringBuilder methods = new StringBuilder();
    String first = "";
    int inputs = 0;
    int outputs = 0;
    for (int i = 0; i < coders; i++) {
      int flags = in.u8(FIELD);
      if ((flags & 0xc0) != 0) {
        throw in.malformed(FIELD, "a coder has reserved flags " + flags);
      }
      byte[] id = in.array(FIELD, flags & 0xf);
      methods.append(i == 0 ? "" : "+").append(HexFormat.of().formatHex(id));
      boolean complex = (flags & 0x10) != 0;
      inputs += complex ? Numbers.count(in, FIELD, MOST_STREAMS) : 1;
      outputs += complex ? Numbers.count(in, FIELD, MOST_STREAMS) : 1;
      if ((flags & 0x20) != 0) {
        int length = Numbers.count(in, FIELD, MOST_PROPERTIES);
        String properties = in.text(FIELD, length, StandardCharsets.ISO_8859_1);
        first = i == 0 ? properties : first;
      }
    }
    if (outputs == 0 || inputs < outputs - 1) {
      throw in.malformed(FIELD, "has " + inputs + " inputs for " + outputs + " outputs");
    }
    return bind(in, methods.toString(), coders, first, inputs, outputs);
  }

  /// Reads which output feeds which input; the one that feeds none is the result.
  private static Folder bind(
      ByteCursor in, String methods, int coders, String properties, int inputs, int outputs)
      throws IOException, FormatException {
    boolean[] bound = new boolean[outputs];
    for (int i = 0; i < outputs - 1; i++) {
      Numbers.count(in, FIELD, inputs - 1);
      bound[Numbers.count(in, FIELD, outputs - 1)] = true;
    }
    int packedStreams = inputs - (outputs - 1);
    for (int i = 0; packedStreams > 1 && i < packedStreams; i++) {
      Numbers.count(in, FIELD, inputs - 1);
    }
    int main = 0;
    while (main < outputs - 1 && bound[main]) {
      main++;
    }
    return new Folder(methods, coders, properties, packedStreams, outputs, main, 0, 0, 0);
  }

  Folder at(long position, long length) {
    return new Folder(
        methods, coders, properties, packedStreams, outputs, mainOutput, position, length, size);
  }

  Folder ofSize(long plain) {
    return new Folder(
        methods, coders, properties, packedStreams, outputs, mainOutput, packedAt, packed, plain);
  }

  /// True if the plain stream is the packed one.
  boolean isCopy() {
    return coders == 1 && methods.equals("00");
  }

  /// How to decompress it.
  Codec codec(String where) throws FormatException {
    if (coders == 1 && methods.equals("030101") && properties.length() >= 5) {
      long dictionary = 0;
      for (int i = 4; i >= 1; i--) {
        dictionary = (dictionary << 8) | properties.charAt(i);
      }
      return new Codec.RawLzma(properties.charAt(0), Math.max(dictionary, 1 << 12), size);
    }
    if (coders == 1
        && methods.equals("21")
        && properties.length() == 1
        && properties.charAt(0) <= 40) {
      int code = properties.charAt(0);
      return new Codec.RawLzma2(code == 40 ? 0xffff_ffffL : (2L | (code & 1)) << (code / 2 + 11));
    }
    throw new FormatException.Unsupported(where, packedAt, "7z method " + name(methods));
  }

  private static String name(String methods) {
    return Arrays.stream(methods.split("\\+"))
        .map(
            id ->
                switch (id) {
                  case "00" -> "Copy";
                  case "03" -> "Delta";
                  case "04", "03030103" -> "BCJ (x86)";
                  case "0303011b" -> "BCJ2";
                  case "030101" -> "LZMA";
                  case "21" -> "LZMA2";
                  case "030401" -> "PPMd";
                  case "040108" -> "Deflate";
                  case "040109" -> "Deflate64";
                  case "040202" -> "BZip2";
                  case "04f71101" -> "Zstandard";
                  case "06f10701" -> "AES-256 (encrypted)";
                  default -> id;
                })
        .reduce((a, b) -> a + " + " + b)
        .orElse("");
  }
}
