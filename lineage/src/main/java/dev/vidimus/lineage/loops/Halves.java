package dev.vidimus.lineage.loops;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// Half-precision numbers as files have them, little-endian.
public final class Halves {
  private static final VarHandle U16 =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);

  private Halves() {}

  /// The number at a place, widened.
  public static float at(byte[] bytes, int at) {
    return Float.float16ToFloat((short) U16.get(bytes, at));
  }
}
