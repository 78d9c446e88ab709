package dev.vidimus.formats.zip;

import dev.vidimus.artifact.Budget;
import dev.vidimus.artifact.Bytes;
import dev.vidimus.artifact.FormatException;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Walks through bytes that no directory accounts for, the way a streaming reader does: from one
/// local header to the next. Every byte is looked at once.
final class GapWalk {
  private static final int CHUNK = 1 << 13;
  private static final int LEAST_SIZE = 30;

  private final Bytes bytes;
  private final String source;
  private final LocalReader locals;
  private final Budget budget;
  private final byte[] chunk = new byte[CHUNK];

  GapWalk(Bytes bytes, String source, LocalReader locals, Budget budget) {
    this.bytes = bytes;
    this.source = source;
    this.locals = locals;
    this.budget = budget;
  }

  /// @param hidden receives members that begin in the gap
  /// @param rest receives what is left and is not all zero
  void walk(Gap gap, List<ZipEntry> hidden, List<Gap> rest) throws IOException, FormatException {
    long restFrom = gap.from();
    long at = gap.from();
    while (true) {
      at = find(Records.LOCAL_HEADER, at, gap.to());
      LocalHeader local = at < 0 || gap.to() - at < LEAST_SIZE ? null : locals.read(at);
      if (local == null) {
        if (at < 0) {
          break;
        }
        at += 4;
        continue;
      }
      budget.takeEntry(source + ": local header", at);
      addRest(rest, restFrom, at);
      ZipEntry entry = entry(local, gap.to());
      hidden.add(entry);
      at = end(entry, gap.to());
      restFrom = at;
    }
    addRest(rest, restFrom, gap.to());
  }

  /// Where a member ends that no directory mentions.
  private static long end(ZipEntry entry, long most) {
    LocalHeader local = entry.local();
    if (local == null || local.sizesFollow()) {
      return most;
    }
    long behind = most - local.dataAt();
    if (Long.compareUnsigned(local.packed(), Math.max(0, behind)) > 0) {
      return Math.max(most, local.at());
    }
    return Math.min(most, local.dataAt() + local.packed() + entry.descriptor());
  }

  /// Fills in the sizes that follow the data, if their descriptor can be found.
  private ZipEntry entry(LocalHeader local, long most) throws IOException {
    if (!local.sizesFollow()) {
      boolean described = (local.flags() & ZipFlags.SIZES_FOLLOW) != 0;
      long at = local.dataAt() + local.packed();
      int length =
          described && local.packed() >= 0 && at >= 0 && at < most
              ? locals.descriptor(at, local.crc(), local.packed(), local.size()).length()
              : 0;
      return new ZipEntry(null, local, length, false);
    }
    long next = find(Records.ANY, local.dataAt(), most);
    LocalReader.Descriptor found =
        next < 0 ? LocalReader.Descriptor.NONE : locals.descriptor(next, -1, -1, -1);
    if (found.length() == 0) {
      return new ZipEntry(null, cutAt(local, next < 0 ? most : next), 0, false);
    }
    long packed = next - local.dataAt();
    LocalHeader full =
        new LocalHeader(
            local.at(),
            local.name(),
            local.flags(),
            local.method(),
            found.crc(),
            packed,
            found.size(),
            local.dataAt());
    return new ZipEntry(null, full, found.length(), false);
  }

  // The plain size of a compressed member without a descriptor stays unknown, as does its CRC.
  private static LocalHeader cutAt(LocalHeader local, long end) {
    long packed = Math.max(0, end - local.dataAt());
    long size = local.method() == 0 ? packed : -1;
    return new LocalHeader(
        local.at(), local.name(), local.flags(), local.method(), -1, packed, size, local.dataAt());
  }

  private enum Records {
    LOCAL_HEADER,
    ANY
  }

  /// Finds where the next record begins; -1 if there is none.
  private long find(Records wanted, long from, long to) throws IOException {
    long at = from;
    while (to - at >= 4) {
      int length = (int) Math.min(CHUNK, to - at);
      bytes.read(at, chunk, 0, length);
      for (int i = 0; i + 4 <= length; i++) {
        if (chunk[i] == 'P' && chunk[i + 1] == 'K' && matches(wanted, chunk[i + 2], chunk[i + 3])) {
          return at + i;
        }
      }
      at += length - 3;
    }
    return -1;
  }

  private static boolean matches(Records wanted, int third, int fourth) {
    boolean local = third == 3 && fourth == 4;
    return switch (wanted) {
      case LOCAL_HEADER -> local;
      case ANY -> local || (third == 1 && fourth == 2) || (third == 7 && fourth == 8);
    };
  }

  private void addRest(List<Gap> rest, long from, long to) throws IOException {
    if (from < to && !isZero(from, to)) {
      rest.add(new Gap(from, to));
    }
  }

  private boolean isZero(long from, long to) throws IOException {
    for (long at = from; at < to; at += CHUNK) {
      int length = (int) Math.min(CHUNK, to - at);
      bytes.read(at, chunk, 0, length);
      for (int i = 0; i < length; i++) {
        if (chunk[i] != 0) {
          return false;
        }
      }
    }
    return true;
  }
}
