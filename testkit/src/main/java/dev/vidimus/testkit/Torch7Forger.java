package dev.vidimus.testkit;

import java.nio.charset.StandardCharsets;

/// Makes files of Torch 7 in binary.
public final class Torch7Forger {
  private static final int TORCH = 4;

  private Torch7Forger() {}

  /// A tensor of two floats.
  ///
  /// @param declared how many its storage says it has
  public static byte[] floats(long declared) {
    LittleEndian out = new LittleEndian();
    object(out, 1, "torch.FloatTensor");
    out.u32(1).u64(2).u64(1).u64(1); // dimensions, size, stride, offset
    object(out, 2, "torch.FloatStorage");
    return out.u64(declared).u32(0).u32(0).array();
  }

  private static void object(LittleEndian out, int index, String type) {
    out.u32(TORCH).u32(index).u32(3).bytes("V 1".getBytes(StandardCharsets.US_ASCII));
    out.u32(type.length()).bytes(type.getBytes(StandardCharsets.US_ASCII));
  }
}
