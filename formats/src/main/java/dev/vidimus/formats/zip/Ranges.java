package dev.vidimus.formats.zip;

import java.util.ArrayList;
import java.util.List;

/// Which bytes of a file are accounted for.
final class Ranges {
  private final List<Range> ranges = new ArrayList<>();

  /// Bytes of one owner.
  ///
  /// @param owner a name to show; empty for what is not a member
  record Range(long from, long to, String owner) {
    boolean isMember() {
      return !owner.isEmpty();
    }
  }

  void add(long from, long to, String owner) {
    ranges.add(new Range(from, to, owner));
  }

  /// The ranges by their start, joined where they touch.
  List<Range> joined() {
    List<Range> joined = new ArrayList<>();
    for (Range range : sorted()) {
      Range last = joined.isEmpty() ? null : joined.getLast();
      if (last != null && range.from <= last.to) {
        joined.set(
            joined.size() - 1, new Range(last.from, Math.max(last.to, range.to), last.owner));
      } else {
        joined.add(range);
      }
    }
    return joined;
  }

  /// The ranges between the joined ones.
  List<Gap> gaps(long size) {
    List<Gap> gaps = new ArrayList<>();
    long end = 0;
    for (Range range : joined()) {
      if (range.from > end) {
        gaps.add(new Gap(end, Math.min(range.from, size)));
      }
      end = Math.max(end, range.to);
    }
    if (end < size) {
      gaps.add(new Gap(end, size));
    }
    return gaps;
  }

  /// Pairs of a member and whatever it shares bytes with.
  ///
  /// @param pairs receives the first few, to show
  /// @return how many members overlap another range
  int overlaps(List<String> pairs, int most) {
    int count = 0;
    Range reaching = null;
    for (Range range : sorted()) {
      if (reaching != null
          && range.from < reaching.to
          && (range.isMember() || reaching.isMember())) {
        count++;
        if (pairs.size() < most) {
          pairs.add(shown(reaching) + " and " + shown(range));
        }
      }
      if (reaching == null || range.to > reaching.to) {
        reaching = range;
      }
    }
    return count;
  }

  private static String shown(Range range) {
    return range.isMember() ? range.owner : "the directory";
  }

  private List<Range> sorted() {
    List<Range> sorted = new ArrayList<>(ranges);
    // Not Comparator.comparingLong: its lambdas are serializable, which no class cache holds.
    sorted.sort(
        (a, b) -> {
          int from = Long.compare(a.from(), b.from());
          return from != 0 ? from : Long.compare(a.to(), b.to());
        });
    return sorted;
  }

  /// Whether a byte lies in one of the joined ranges.
  static boolean contains(List<Range> joined, long at) {
    int low = 0;
    int high = joined.size() - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      Range range = joined.get(middle);
      if (at < range.from) {
        high = middle - 1;
      } else if (at >= range.to) {
        low = middle + 1;
      } else {
        return true;
      }
    }
    return false;
  }
}
