package dev.vidimus.scan.tensor;

import dev.vidimus.artifact.ByteCursor;
import dev.vidimus.artifact.Bytes;
import dev.vidimus.artifact.FormatException;
import dev.vidimus.artifact.Location;
import dev.vidimus.formats.numpy.NpyArray;
import dev.vidimus.formats.numpy.NpyReader;
import dev.vidimus.scan.inspection.Inspection;
import dev.vidimus.scan.inspection.Scanner;
import dev.vidimus.scan.inspection.Target;
import java.io.IOException;

/// Judges arrays of NumPy. `numpy.load` reads one array; called again on the same open file it
/// reads what follows, so arrays one after another are ordinary, and anything else is not.
final class NumpyScanner implements Scanner {
  private final Scanner pickle;

  NumpyScanner(Scanner pickle) {
    this.pickle = pickle;
  }

  @Override
  public void scan(Target target, Inspection inspection) throws IOException {
    Bytes bytes = target.bytes();
    Location location = target.location();
    ByteCursor cursor = new ByteCursor(bytes, target.name());
    long start = 0;
    try {
      while (start < bytes.size()) {
        if (start > 0) {
          inspection.budget().takeEntry(target.name(), start);
          if (cursor.peek() != 0x93) {
            judgeTrailing(target, start, inspection);
            return;
          }
        }
        NpyArray array = NpyReader.read(cursor);
        if (array.isPickled()) {
          judgeObjects(target, array, inspection);
          return;
        }
        start = array.end();
        cursor.seek(start);
      }
    } catch (FormatException e) {
      inspection.ended(location, e, TensorRule.NPY_BROKEN);
      judgePickleBehind(target, start, inspection);
    }
  }

  private void judgeObjects(Target target, NpyArray array, Inspection inspection)
      throws IOException {
    inspection.report(
        TensorRule.NPY_OBJECTS.at(
            target.location().at(array.offset()),
            "objects of shape " + array.shape() + " follow as a pickle",
            ""));
    pickle.scan(rest(target, array.offset(), "objects", Target.Purpose.ANY), inspection);
  }

  private static void judgeTrailing(Target target, long start, Inspection inspection)
      throws IOException {
    long count = target.bytes().size() - start;
    inspection.report(
        TensorRule.NPY_TRAILING.at(target.location().at(start), count + " bytes", ""));
    inspection.examine(rest(target, start, "after the array", Target.Purpose.PAYLOAD));
  }

  /// A header that we refuse may still say "objects" to some version of NumPy. What follows it is
  /// then a pickle, and it is examined if it looks like one.
  private static void judgePickleBehind(Target target, long start, Inspection inspection)
      throws IOException {
    Bytes bytes = target.bytes();
    int most = (int) Math.min(1 << 17, bytes.size() - start);
    byte[] head = bytes.array(start, most);
    for (int i = 10; i + 1 < most; i++) {
      boolean ends = head[i - 1] == '\n'; // as NumPy ends every header
      if (ends && (head[i] & 0xff) == 0x80 && head[i + 1] >= 0 && head[i + 1] <= 5) {
        inspection.examine(rest(target, start + i, "after the header", Target.Purpose.PAYLOAD));
        return;
      }
    }
  }

  private static Target rest(Target target, long from, String name, Target.Purpose purpose) {
    Bytes bytes = target.bytes();
    Bytes rest = bytes.slice(from, bytes.size() - from);
    return target.inside(rest, name, purpose);
  }
}
