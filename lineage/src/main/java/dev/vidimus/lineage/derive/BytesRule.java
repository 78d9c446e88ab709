package dev.vidimus.lineage.derive;

import dev.vidimus.lineage.tensors.Decoder;
import dev.vidimus.lineage.tensors.Tensor;
import dev.vidimus.lineage.tensors.TensorData;
import java.io.IOException;
import java.lang.foreign.MemorySegment;

/// The same bytes as a tensor of the same type.
final class BytesRule implements Rule {
  private final Tensor source;

  BytesRule(Tensor source) {
    this.source = source;
  }

  /// A job that compares two tensors of one type and size.
  static Job job(Tensor child, Tensor source) {
    return new Job(child, new Rows.Of(source), new BytesRule(source));
  }

  @Override
  public boolean wantsExpected(Job job) {
    return false;
  }

  @Override
  public int unit(Job job) {
    return source.type().blockElements();
  }

  @Override
  public Check open(Job job) {
    Tensor child = job.child();
    TensorData.Window own = new TensorData.Window();
    TensorData.Window other = new TensorData.Window();
    int elements = child.type().blockElements();
    int bytes = child.type().blockBytes();
    return (element, count, expected, tally) -> {
      long at = element / elements * bytes;
      int length = count / elements * bytes;
      MemorySegment found = child.data().part(at, length, own);
      MemorySegment wanted = source.data().part(at, length, other);
      long first = found.mismatch(wanted);
      if (first < 0) {
        return true;
      }
      countBad(child, element, found, wanted, first, tally);
      return false;
    };
  }

  private void countBad(
      Tensor child,
      long element,
      MemorySegment found,
      MemorySegment wanted,
      long first,
      Tally tally)
      throws IOException {
    int bytes = child.type().blockBytes();
    int elements = child.type().blockElements();
    boolean hasValues = Decoder.reads(child.type());
    float[] is = new float[elements];
    float[] was = new float[elements];
    for (long at = first / bytes * bytes; at < found.byteSize(); at += bytes) {
      if (found.asSlice(at, bytes).mismatch(wanted.asSlice(at, bytes)) >= 0) {
        long block = element + at / bytes * elements;
        if (hasValues && tally.bad < 1 << 16) {
          new Decoder(child).read(block, elements, is, 0);
          new Decoder(source).read(block, elements, was, 0);
        }
        int worst = 0;
        for (int i = 1; i < elements; i++) {
          worst = Math.abs(is[i] - was[i]) > Math.abs(is[worst] - was[worst]) ? i : worst;
        }
        tally.bad(block + worst, Math.abs(is[worst] - was[worst]), was[worst], is[worst]);
      }
    }
  }
}
