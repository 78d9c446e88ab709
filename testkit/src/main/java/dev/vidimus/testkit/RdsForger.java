package dev.vidimus.testkit;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/// Writes streams of R's `saveRDS`, object by object.
public final class RdsForger {
  /// Objects that are one number.
  public static final int NULL = 254;

  public static final int GLOBAL = 253;
  public static final int UNBOUND = 252;

  private static final int HAS_TAG = 1 << 10;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  private RdsForger() {}

  /// A stream of version 2 in big-endian.
  public static RdsForger stream() {
    RdsForger forger = new RdsForger();
    forger.out.writeBytes("X\n".getBytes(StandardCharsets.US_ASCII));
    return forger.number(2).number(0x00040300).number(0x00020300);
  }

  /// Four bytes: the flags of an object, a length, a count.
  public RdsForger number(int value) {
    out.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(value).array());
    return this;
  }

  public RdsForger characters(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    number(9).number(bytes.length);
    out.writeBytes(bytes);
    return this;
  }

  public RdsForger symbol(String name) {
    return number(1).characters(name);
  }

  public RdsForger strings(String... texts) {
    number(16).number(texts.length);
    for (String text : texts) {
      characters(text);
    }
    return this;
  }

  public RdsForger reals(double... values) {
    number(14).number(values.length);
    for (double value : values) {
      out.writeBytes(ByteBuffer.allocate(Double.BYTES).putDouble(value).array());
    }
    return this;
  }

  /// A call of a function with one text.
  public RdsForger call(String function, String argument) {
    return number(6).symbol(function).number(2).strings(argument).number(NULL);
  }

  /// A function without arguments; its body comes next.
  public RdsForger function() {
    return number(3 | HAS_TAG).number(GLOBAL).number(NULL);
  }

  /// A promise whose value is absent; its expression comes next.
  public RdsForger promise() {
    return number(5 | HAS_TAG).number(GLOBAL).number(UNBOUND);
  }

  /// A promise that was used; its expression comes next.
  public RdsForger usedPromise() {
    return number(5 | HAS_TAG).number(GLOBAL).reals(1);
  }

  /// An environment with one variable; its value comes next, then [#endOfEnvironment()].
  public RdsForger environment(String variable) {
    number(4).number(0).number(GLOBAL);
    return number(2 | HAS_TAG).symbol(variable);
  }

  public RdsForger endOfEnvironment() {
    return number(NULL).number(NULL).number(NULL);
  }

  public byte[] bytes() {
    return out.toByteArray();
  }
}
