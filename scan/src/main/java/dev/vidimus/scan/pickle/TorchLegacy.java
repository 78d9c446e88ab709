package dev.vidimus.scan.pickle;

import dev.vidimus.artifact.Bytes;
import dev.vidimus.formats.pickle.Traits;
import dev.vidimus.formats.pickle.Value;
import dev.vidimus.formats.pickle.Value.Reference;
import java.io.IOException;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/// The legacy torch checkpoint: five streams (magic number, protocol version, system information,
/// the object, the keys of its storages), then the storages' bytes.
///
/// Source: `torch/serialization.py`, `_legacy_save`.
final class TorchLegacy {
  static final int STREAMS = 5;

  /// Index of the stream that is the object itself.
  static final int OBJECT = 3;

  private static final byte[] MAGIC = {
    0x6c, (byte) 0xfc, (byte) 0x9c, 0x46, (byte) 0xf9, 0x20, 0x6a, (byte) 0xa8, 0x50, 0x19
  };
  private static final BigInteger MAGIC_NUMBER = new BigInteger("1950a86a20f9469cfc6c", 16);

  private TorchLegacy() {}

  /// Whether a first stream's result is torch's magic number.
  static boolean begins(@Nullable Value result, Bytes stream) throws IOException {
    if (!(result instanceof Value.Data data) || data.kind() != Value.Kind.LONG) {
      return false;
    }
    byte[] opcode = stream.array(data.number(), (int) Math.min(40, stream.size() - data.number()));
    return opcode[0] == 'L' ? isMagicLine(opcode) : isMagicBytes(opcode);
  }

  /// The class in `('module', class, source file, source text)`: torch returns the class itself and
  /// compares the source with its own. Null if the id is none.
  static @Nullable Reference container(Value id) throws IOException {
    if (id instanceof Value.Tuple tuple
        && tuple.elements().size() == 4
        && tuple.elements().get(0) instanceof Value.Data kind
        && "module".equals(kind.text(16))
        && tuple.elements().get(1) instanceof Reference reference
        && tuple.elements().get(2).traits() == Traits.NONE
        && tuple.elements().get(3).traits() == Traits.NONE) {
      return reference;
    }
    return null;
  }

  private static boolean isMagicBytes(byte[] opcode) {
    if (opcode.length < 2 + MAGIC.length || opcode[1] != MAGIC.length) {
      return false;
    }
    for (int i = 0; i < MAGIC.length; i++) {
      if (opcode[2 + i] != MAGIC[i]) {
        return false;
      }
    }
    return true;
  }

  private static boolean isMagicLine(byte[] opcode) {
    BigInteger number = BigInteger.ZERO;
    for (int i = 1; i < opcode.length && opcode[i] >= '0' && opcode[i] <= '9'; i++) {
      number = number.multiply(BigInteger.TEN).add(BigInteger.valueOf(opcode[i] - '0'));
    }
    return number.equals(MAGIC_NUMBER);
  }
}
