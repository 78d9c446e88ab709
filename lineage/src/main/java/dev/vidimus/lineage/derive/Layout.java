package dev.vidimus.lineage.derive;

import dev.vidimus.lineage.tensors.Decoder;
import dev.vidimus.lineage.tensors.Tensor;
import dev.vidimus.lineage.tensors.TensorData;
import dev.vidimus.lineage.tensors.TensorType;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.function.LongUnaryOperator;
import org.jspecify.annotations.Nullable;

/// Rows that a converter makes of source tensors: reordered, transposed, stacked, shifted.
final class Layout {
  private Layout() {}

  /// Rows of a tensor in another order.
  ///
  /// @param source which row of the tensor stands at a place
  record Reordered(Tensor tensor, LongUnaryOperator source) implements Rows {
    @Override
    public long elements() {
      return tensor.elements();
    }

    @Override
    public long unit() {
      // A vector, such as a bias, is reordered element by element.
      return tensor.shape().rank() <= 1 ? 1 : Math.max(1, tensor.columns());
    }

    @Override
    public long bytes() {
      return tensor.data().size();
    }

    @Override
    public Reader open() {
      Decoder decoder = new Decoder(tensor);
      int columns = (int) unit();
      return (element, count, into) -> {
        for (int done = 0; done < count; done += columns) {
          long row = source.applyAsLong((element + done) / columns);
          decoder.read(row * columns, columns, into, done);
        }
      };
    }

    @Override
    public @Nullable Bits openBf16() {
      if (tensor.type() != TensorType.BF16) {
        return null;
      }
      TensorData.Window window = new TensorData.Window();
      int columns = (int) unit();
      return (element, count, into) -> {
        for (int done = 0; done < count; done += columns) {
          long row = source.applyAsLong((element + done) / columns);
          MemorySegment.copy(
              tensor.data().part(2 * row * columns, 2 * columns, window),
              0,
              into,
              2L * done,
              2L * columns);
        }
      };
    }
  }

  /// A matrix with rows and columns exchanged.
  record Transposed(Tensor tensor) implements Rows {
    @Override
    public long elements() {
      return tensor.elements();
    }

    @Override
    public long unit() {
      return tensor.rows();
    }

    @Override
    public long bytes() {
      return tensor.data().size();
    }

    @Override
    public Reader open() {
      Decoder decoder = new Decoder(tensor);
      int rows = (int) tensor.rows();
      long columns = tensor.columns();
      return (element, count, into) -> {
        int width = count / rows; // so many columns of the source become rows
        float[] piece = new float[width];
        long first = element / rows;
        for (int row = 0; row < rows; row++) {
          decoder.read(row * columns + first, width, piece, 0);
          for (int i = 0; i < width; i++) {
            into[i * rows + row] = piece[i];
          }
        }
      };
    }
  }

  /// Several tensors one after another, such as experts that become one tensor.
  record Stacked(List<Rows> parts) implements Rows {
    Stacked {
      parts = List.copyOf(parts);
    }

    @Override
    public long elements() {
      return parts.stream().mapToLong(Rows::elements).sum();
    }

    @Override
    public long unit() {
      return parts.stream().mapToLong(Rows::unit).max().orElse(1);
    }

    @Override
    public long bytes() {
      return parts.stream().mapToLong(Rows::bytes).sum();
    }

    @Override
    public Reader open() {
      List<Reader> readers = parts.stream().map(Rows::open).toList();
      return (element, count, into) -> {
        float[] piece = {};
        long start = 0;
        for (int i = 0; i < readers.size(); i++) {
          long end = start + parts.get(i).elements();
          long from = Math.max(start, element);
          long to = Math.min(end, element + count);
          if (from < to) {
            int length = (int) (to - from);
            if (from == element && length == count) {
              readers.get(i).read(from - start, length, into);
            } else {
              piece = piece.length < length ? new float[length] : piece;
              readers.get(i).read(from - start, length, piece);
              System.arraycopy(piece, 0, into, (int) (from - element), length);
            }
          }
          start = end;
        }
      };
    }
  }

  /// Values that a function changes one by one.
  record Mapped(Rows rows, Function function) implements Rows {
    /// Of one value.
    interface Function {
      float of(float value);
    }

    @Override
    public long elements() {
      return rows.elements();
    }

    @Override
    public long unit() {
      return rows.unit();
    }

    @Override
    public long bytes() {
      return rows.bytes();
    }

    @Override
    public Reader open() {
      Reader reader = rows.open();
      return (element, count, into) -> {
        reader.read(element, count, into);
        for (int i = 0; i < count; i++) {
          into[i] = function.of(into[i]);
        }
      };
    }
  }
}
