package dev.vidimus.formats.zip;

import dev.vidimus.artifact.Budget;
import dev.vidimus.artifact.ByteCursor;
import dev.vidimus.artifact.FormatException;
import java.io.IOException;
import java.util.List;

/// Reads the entries of one central directory.
final class DirectoryReader {
  static final int SIGNATURE = 0x0201_4b50;
  private static final int SIZE = 46;
  private static final String FIELD = "central directory";

  private DirectoryReader() {}

  /// Reads entries as long as there are any, whatever number is declared: readers differ in whether
  /// they count entries or bytes.
  ///
  /// @param in stands at the first entry
  /// @param end where the directory ends at the latest
  /// @param shift what to add to declared offsets
  /// @param entries receives them, those before a break too
  static void read(ByteCursor in, long end, long shift, Budget budget, List<CentralHeader> entries)
      throws IOException, FormatException {
    while (end - in.position() >= SIZE) {
      long at = in.position();
      Fields head = new Fields(in.array(FIELD, SIZE), 0);
      if (head.u32(0) != SIGNATURE) {
        in.seek(at);
        return;
      }
      budget.takeEntry(in.where(FIELD), at);
      int name = head.u16(28);
      int extra = head.u16(30);
      int comment = head.u16(32);
      if (name + extra + comment > end - in.position()) {
        throw in.malformed(FIELD, "an entry goes on after the end of the directory");
      }
      Fields text = new Fields(in.array(FIELD, name + extra), 0);
      in.skip(FIELD, comment);
      ExtraFields more = new ExtraFields(text, name, extra);
      ExtraFields.Zip64 sizes = more.zip64(head.u32(24), head.u32(20), head.u32(42));
      entries.add(
          new CentralHeader(
              at,
              text.text(0, name),
              more.unicodePath(),
              head.u16(4),
              head.u16(8),
              head.u16(10),
              head.u32(16),
              sizes.packed(),
              sizes.size(),
              head.u32(38),
              sizes.offset() + shift));
    }
  }
}
