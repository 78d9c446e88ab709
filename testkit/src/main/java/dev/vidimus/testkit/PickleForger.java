package dev.vidimus.testkit;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/// Writes pickle streams opcode by opcode, honest ones and others. Methods are named after the
/// opcodes of `pickletools`.
public final class PickleForger {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  private PickleForger() {}

  /// A stream without `PROTO`.
  public static PickleForger bare() {
    return new PickleForger();
  }

  /// A stream that begins with `PROTO`.
  public static PickleForger proto(int version) {
    return new PickleForger().op(0x80).op(version);
  }

  /// One byte as it is.
  public PickleForger op(int value) {
    out.write(value);
    return this;
  }

  /// One opcode without operand, by its character.
  public PickleForger op(char code) {
    return op((int) code);
  }

  /// Bytes as they are.
  public PickleForger raw(byte... bytes) {
    out.writeBytes(bytes);
    return this;
  }

  /// Latin-1 text as it is.
  public PickleForger raw(String text) {
    return raw(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  /// `GLOBAL`.
  public PickleForger global(String module, String name) {
    return raw("c" + module + "\n" + name + "\n");
  }

  /// Two `SHORT_BINUNICODE` and `STACK_GLOBAL`.
  public PickleForger stackGlobal(String module, String name) {
    return text(module).text(name).op(0x93);
  }

  /// `SHORT_BINUNICODE`, at most 255 bytes.
  public PickleForger text(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return op(0x8c).op(bytes.length).raw(bytes);
  }

  /// `BINBYTES`.
  public PickleForger binBytes(byte... bytes) {
    return op('B').u32(bytes.length).raw(bytes);
  }

  /// `BININT`.
  public PickleForger number(int value) {
    return op('J').u32(value);
  }

  /// `REDUCE` of the callable below with one text: `TUPLE1`, `REDUCE`.
  public PickleForger callWithText(String argument) {
    return text(argument).op(0x85).op('R');
  }

  /// `EMPTY_TUPLE`, `REDUCE`.
  public PickleForger call() {
    return op(')').op('R');
  }

  /// A little-endian 32-bit number.
  public PickleForger u32(int value) {
    return raw(ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(value).array());
  }

  /// A little-endian 64-bit number.
  public PickleForger u64(long value) {
    return raw(ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(value).array());
  }

  /// `STOP` and the bytes so far.
  public byte[] stop() {
    return op('.').bytes();
  }

  /// The bytes so far.
  public byte[] bytes() {
    return out.toByteArray();
  }
}
