package dev.vidimus.formats.pickle;

import dev.vidimus.artifact.ByteCursor;
import dev.vidimus.artifact.FormatException;
import dev.vidimus.formats.pickle.PickleVisitor.Oddity;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;

/// The operands that are lines of text: names, and the numbers of protocol 0. Each method takes the
/// offset of the opcode, which its errors name.
final class TextOperands {
  /// Characters of a module's or attribute's name; no honest name comes near.
  static final int LONGEST_NAME = 1 << 12;

  private static final int LONGEST_NUMBER = 4_300; // where Python 3.11 refuses to parse
  private static final int LONGEST_INDEX = 64;

  private final ByteCursor cursor;
  private final PickleVisitor visitor;

  TextOperands(ByteCursor cursor, PickleVisitor visitor) {
    this.cursor = cursor;
    this.visitor = visitor;
  }

  /// A line of digits; of one that Python takes quadratic time for, or refuses, only the beginning.
  String numberLine(String opcode, long at) throws IOException, FormatException {
    long start = cursor.position();
    long length = cursor.skipLine(opcode, Long.MAX_VALUE);
    if (length > LONGEST_NUMBER) {
      visitor.oddity(at, Oddity.LONG_NUMBER, opcode + " of " + length + " digits");
    }
    cursor.seek(start);
    byte[] line = cursor.array(opcode, (int) Math.min(length, LONGEST_NUMBER));
    cursor.seek(start + length + 1);
    return new String(line, StandardCharsets.ISO_8859_1);
  }

  /// The number that a line of digits stands for.
  long number(String opcode, long at, String line) throws FormatException {
    return TextNumber.parse(line).orElseThrow(() -> malformed(opcode, at, "is no number"));
  }

  /// An index of the memo; never negative.
  long index(String field, long at) throws IOException, FormatException {
    byte[] digits = cursor.line(field, LONGEST_INDEX);
    long number = number(field, at, new String(digits, StandardCharsets.ISO_8859_1));
    if (number < 0 || number == Long.MAX_VALUE) {
      throw malformed(field, at, "is no index");
    }
    return number;
  }

  /// A name, which every loader decodes as UTF-8 or refuses.
  String name(String field, long at) throws IOException, FormatException {
    byte[] name = cursor.line(field, LONGEST_NAME);
    try {
      CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
      return decoder.decode(ByteBuffer.wrap(name)).toString();
    } catch (CharacterCodingException e) {
      throw malformed(field, at, "is no UTF-8");
    }
  }

  private FormatException.Malformed malformed(String field, long at, String problem) {
    return new FormatException.Malformed(cursor.where(field), at, problem);
  }
}
