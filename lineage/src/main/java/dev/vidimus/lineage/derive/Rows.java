package dev.vidimus.lineage.derive;

import dev.vidimus.lineage.tensors.Decoder;
import dev.vidimus.lineage.tensors.Tensor;
import dev.vidimus.lineage.tensors.TensorData;
import dev.vidimus.lineage.tensors.TensorType;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/// Values that a tensor ought to have, row by row as F32: a source tensor, or what a format makes
/// of some.
interface Rows {
  /// How many values there are.
  long elements();

  /// Values that are read together at least, such as a row that a permutation moves as a whole; 1
  /// if any range can be read.
  long unit();

  /// Bytes of the source, for the account of what was read.
  long bytes();

  /// A way to read them; one for each thread.
  Reader open();

  /// A way to read them as BF16, if they all are that in the source; otherwise null.
  default @Nullable Bits openBf16() {
    return null;
  }

  /// Reads values of BF16 as they are stored.
  interface Bits {
    /// @param element the first; a multiple of the unit
    /// @param count how many; a multiple of the unit, except at the end
    void read(long element, int count, MemorySegment into) throws IOException;
  }

  /// Reads values.
  interface Reader {
    /// @param element the first; a multiple of the unit
    /// @param count how many; a multiple of the unit, except at the end
    void read(long element, int count, float[] into) throws IOException;
  }

  /// The values of a tensor as they are.
  record Of(Tensor tensor) implements Rows {
    @Override
    public long elements() {
      return tensor.elements();
    }

    @Override
    public long unit() {
      return tensor.type().blockElements();
    }

    @Override
    public long bytes() {
      return tensor.data().size();
    }

    @Override
    public Reader open() {
      Decoder decoder = new Decoder(tensor);
      return (element, count, into) -> decoder.read(element, count, into, 0);
    }

    @Override
    public @Nullable Bits openBf16() {
      if (tensor.type() != TensorType.BF16) {
        return null;
      }
      TensorData.Window window = new TensorData.Window();
      return (element, count, into) ->
          into.copyFrom(tensor.data().part(2 * element, 2 * count, window));
    }
  }
}
