package dev.vidimus.formats.pickle;

import dev.vidimus.artifact.Bytes;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/// Reads again the operand of a string-like opcode that has been read once: values keep only its
/// offset. The machine has proved that the operand is whole.
final class Operand {
  /// `\U0001F600` is the longest way to write one character.
  private static final int BYTES_PER_CHARACTER = 10;

  private static final int LONGEST_PREFIX = 1 + Long.BYTES;

  private Operand() {}

  /// The text of a string-like operand, at most `most` characters; bytes are shown as Latin-1.
  static String text(Bytes source, long offset, int most) throws IOException {
    long wanted = (long) BYTES_PER_CHARACTER * most + LONGEST_PREFIX;
    byte[] head = source.array(offset, (int) Math.min(wanted, source.size() - offset));
    int opcode = head[0] & 0xff;
    return switch (opcode) {
      case Opcode.STRING -> shorten(PickleText.unescapeString(line(head)), most);
      case Opcode.UNICODE -> shorten(PickleText.unescapeUnicode(line(head)), most);
      case Opcode.PERSID -> shorten(line(head), most);
      case Opcode.BINUNICODE, Opcode.SHORT_BINUNICODE, Opcode.BINUNICODE8 ->
          shorten(prefixed(head, opcode, StandardCharsets.UTF_8), most);
      default -> shorten(prefixed(head, opcode, StandardCharsets.ISO_8859_1), most);
    };
  }

  /// The bytes of a string or bytes operand, as a view where they stand as they are.
  static Bytes content(Bytes source, long offset) throws IOException {
    byte[] head = source.array(offset, (int) Math.min(LONGEST_PREFIX, source.size() - offset));
    int opcode = head[0] & 0xff;
    if (opcode == Opcode.STRING) {
      String text = text(source, offset, Integer.MAX_VALUE / BYTES_PER_CHARACTER - LONGEST_PREFIX);
      return Bytes.of(text.getBytes(StandardCharsets.ISO_8859_1));
    }
    return source.slice(offset + 1 + lengthBytes(opcode), length(head, opcode));
  }

  private static String prefixed(byte[] head, int opcode, Charset charset) {
    int start = 1 + lengthBytes(opcode);
    int count = (int) Math.min(length(head, opcode), head.length - start);
    return new String(head, start, count, charset);
  }

  private static int lengthBytes(int opcode) {
    return switch (opcode) {
      case Opcode.SHORT_BINSTRING, Opcode.SHORT_BINBYTES, Opcode.SHORT_BINUNICODE -> 1;
      case Opcode.BINSTRING, Opcode.BINBYTES, Opcode.BINUNICODE -> Integer.BYTES;
      case Opcode.BINUNICODE8, Opcode.BINBYTES8, Opcode.BYTEARRAY8 -> Long.BYTES;
      default -> throw new IllegalStateException("no string opcode: " + opcode);
    };
  }

  private static long length(byte[] head, int opcode) {
    long length = 0;
    for (int i = lengthBytes(opcode); i > 0; i--) {
      length = (length << 8) | (head[i] & 0xff);
    }
    return length;
  }

  private static String line(byte[] head) {
    int end = 1;
    while (end < head.length && head[end] != '\n') {
      end++;
    }
    return new String(head, 1, end - 1, StandardCharsets.ISO_8859_1);
  }

  private static String shorten(String text, int most) {
    if (text.length() <= most) {
      return text;
    }
    boolean splitsPair = most > 0 && Character.isHighSurrogate(text.charAt(most - 1));
    return text.substring(0, splitsPair ? most - 1 : most);
  }
}
