package dev.vidimus.lineage.derive;

import dev.vidimus.lineage.tensors.Parallel;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// Checks every value of many tensors on all processors. Memory: a chunk of F32 for each thread,
/// and what rules keep; not by the size of tensors.
final class Sweep {
  /// Values that fit the cache of a core beside what they are compared with.
  private static final int CHUNK = 1 << 15;

  /// Values that a thread takes at once.
  private static final long PIECE = 1L << 22;

  private static final long WIDEST_ROW = 1L << 22;

  private Sweep() {}

  private record Piece(int job, long from, long to, long row) {}

  /// The tallies of all jobs, in their order.
  static List<Tally> run(List<Job> jobs, Meter meter) throws IOException {
    List<Piece> pieces = new ArrayList<>();
    for (int i = 0; i < jobs.size(); i++) {
      split(jobs.get(i), i, pieces);
      meter.expect(jobs.get(i).child().data().size() + jobs.get(i).expected().bytes());
    }
    List<Tally> parts =
        Parallel.map(
            pieces,
            piece -> piece.to() - piece.from(),
            piece -> check(jobs.get(piece.job()), piece, meter));
    List<Tally> tallies = new ArrayList<>();
    jobs.forEach(job -> tallies.add(new Tally()));
    for (int i = 0; i < pieces.size(); i++) {
      tallies.get(pieces.get(i).job()).plus(parts.get(i));
    }
    return tallies;
  }

  /// Values that are counted as one row: a real row, unless that is too long for an array.
  static long row(Job job) {
    long columns = Math.max(1, job.child().columns());
    long unit = Math.max(job.expected().unit(), job.rule().unit(job));
    return columns <= WIDEST_ROW || unit > WIDEST_ROW ? columns : 1 << 16;
  }

  private static void split(Job job, int index, List<Piece> pieces) {
    long row = row(job);
    if (row > Integer.MAX_VALUE / 8) {
      throw new IllegalArgumentException("a row of " + row + " values");
    }
    long step = Math.max(1, PIECE / row) * row;
    long elements = job.child().elements();
    for (long from = 0; from < elements; from += step) {
      pieces.add(new Piece(index, from, Math.min(from + step, elements), row));
    }
  }

  private static Tally check(Job job, Piece piece, Meter meter) throws IOException {
    Tally tally = new Tally();
    long row = piece.row();
    int chunk = (int) (Math.max(1, CHUNK / row) * row);
    boolean wants = job.rule().wantsExpected(job);
    float[] expected = new float[wants ? (int) Math.min(chunk, piece.to() - piece.from()) : 0];
    Rows.Reader reader = job.expected().open();
    Rule.Check check = job.rule().open(job);
    double bytes =
        (double) (job.child().data().size() + job.expected().bytes())
            / Math.max(1, job.child().elements());
    for (long at = piece.from(); at < piece.to(); at += chunk) {
      int count = (int) Math.min(chunk, piece.to() - at);
      if (wants) {
        reader.read(at, count, expected);
      }
      tally.checked += count;
      tally.rows += (count + row - 1) / row;
      if (!check.range(at, count, expected, tally)) {
        countRows(check, at, count, (int) row, expected, tally);
      }
      meter.add((long) (bytes * count));
    }
    return tally;
  }

  /// How many rows of a chunk have something out of tolerance; asked only where there is.
  private static void countRows(
      Rule.Check check, long at, int count, int row, float[] expected, Tally tally)
      throws IOException {
    if (count <= row) {
      tally.badRows++;
      return;
    }
    float[] one = new float[expected.length == 0 ? 0 : row];
    for (int from = 0; from < count; from += row) {
      int length = Math.min(row, count - from);
      if (one.length > 0) {
        System.arraycopy(expected, from, one, 0, length);
      }
      if (!check.range(at + from, length, one, new Tally())) {
        tally.badRows++;
      }
    }
  }
}
