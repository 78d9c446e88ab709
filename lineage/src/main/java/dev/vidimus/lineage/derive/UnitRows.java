package dev.vidimus.lineage.derive;

import dev.vidimus.lineage.tensors.Decoder;
import dev.vidimus.lineage.tensors.Tensor;

/// A matrix with its rows and its columns in another order; of a vector, its values.
final class UnitRows implements Rows {
  private final Tensor tensor;
  private final int[] rows;
  private final int[] columns;
  private final int width;

  /// @param rows which row of the tensor stands at a place; empty if each stands at its own
  /// @param columns which column of the tensor stands at a place; empty if each stands at its own
  UnitRows(Tensor tensor, int[] rows, int[] columns) {
    this.tensor = tensor;
    this.rows = rows.clone();
    this.columns = columns.clone();
    this.width = (int) Math.max(1, UnitAxes.columns(tensor));
  }

  @Override
  public long elements() {
    return tensor.elements();
  }

  @Override
  public long unit() {
    return width;
  }

  @Override
  public long bytes() {
    return tensor.data().size();
  }

  @Override
  public Reader open() {
    Decoder decoder = new Decoder(tensor);
    float[] row = new float[width];
    return (element, count, into) -> {
      for (int done = 0; done < count; done += width) {
        long place = (element + done) / width;
        long source = rows.length == 0 ? place : rows[(int) place];
        decoder.read(source * width, width, row, 0);
        for (int j = 0; j < width; j++) {
          into[done + j] = row[columns.length == 0 ? j : columns[j]];
        }
      }
    };
  }
}
