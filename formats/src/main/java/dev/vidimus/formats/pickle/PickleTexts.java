package dev.vidimus.formats.pickle;

import dev.vidimus.artifact.ByteCursor;
import dev.vidimus.artifact.Bytes;
import dev.vidimus.artifact.FormatException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/// Tells the texts of a stream in the opcodes that PyTorch's unpickler in C++ knows
/// (`torch/csrc/jit/serialization/unpickler.cpp`), which are the bytecode of its mobile
// interpreter.
public final class PickleTexts {
  private static final int LONGEST_TEXT = 1 << 10;
  private static final String FIELD = "bytecode";

  private PickleTexts() {}

  /// Hears a text.
  @FunctionalInterface
  public interface Listener {
    /// @param text cut off after 1 KiB
    void text(String text, long offset);
  }

  /// Reads a stream to its `STOP`.
  ///
  /// @param source its name in errors
  /// @throws FormatException at the first opcode that the unpickler does not know
  public static void read(Bytes bytes, String source, Listener listener)
      throws IOException, FormatException {
    ByteCursor cursor = new ByteCursor(bytes, source);
    for (int opcode = cursor.u8(FIELD); opcode != Opcode.STOP; opcode = cursor.u8(FIELD)) {
      switch (opcode) {
        case Opcode.PROTO, Opcode.BININT1, Opcode.BINPUT, Opcode.BINGET -> cursor.skip(FIELD, 1);
        case Opcode.BININT2 -> cursor.skip(FIELD, 2);
        case Opcode.BININT, Opcode.LONG_BINPUT, Opcode.LONG_BINGET -> cursor.skip(FIELD, 4);
        case Opcode.BINFLOAT, Opcode.FRAME -> cursor.skip(FIELD, 8);
        case Opcode.LONG1 -> cursor.skip(FIELD, cursor.u8(FIELD));
        case Opcode.BINUNICODE -> text(cursor, cursor.u32(FIELD), listener);
        case Opcode.SHORT_BINUNICODE -> text(cursor, cursor.u8(FIELD), listener);
        case Opcode.GLOBAL -> {
          cursor.skipLine(FIELD, LONGEST_TEXT);
          cursor.skipLine(FIELD, LONGEST_TEXT);
        }
        case Opcode.MARK,
            Opcode.NONE,
            Opcode.NEWTRUE,
            Opcode.NEWFALSE,
            Opcode.TUPLE,
            Opcode.TUPLE1,
            Opcode.TUPLE2,
            Opcode.TUPLE3,
            Opcode.EMPTY_TUPLE,
            Opcode.EMPTY_LIST,
            Opcode.EMPTY_DICT,
            Opcode.LIST,
            Opcode.DICT,
            Opcode.APPEND,
            Opcode.APPENDS,
            Opcode.SETITEM,
            Opcode.SETITEMS,
            Opcode.REDUCE,
            Opcode.BUILD,
            Opcode.NEWOBJ,
            Opcode.MEMOIZE,
            Opcode.POP,
            Opcode.BINPERSID -> {}
        default -> throw cursor.malformed(FIELD, "has the opcode 0x" + Integer.toHexString(opcode));
      }
    }
  }

  private static void text(ByteCursor cursor, long length, Listener listener)
      throws IOException, FormatException {
    long start = cursor.position();
    cursor.proved(FIELD, start, length, Long.MAX_VALUE);
    int kept = (int) Math.min(length, LONGEST_TEXT);
    listener.text(cursor.text(FIELD, kept, StandardCharsets.UTF_8), start);
    cursor.skip(FIELD, length - kept);
  }
}
