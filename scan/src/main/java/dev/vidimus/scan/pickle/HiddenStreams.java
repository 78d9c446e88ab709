package dev.vidimus.scan.pickle;

import dev.vidimus.artifact.ByteCursor;
import dev.vidimus.artifact.Finding;
import dev.vidimus.artifact.Verdict;
import dev.vidimus.scan.inspection.Inspection;
import dev.vidimus.scan.inspection.Target;
import java.io.IOException;

/// Searches bytes that no stream owns for a pickle that would run code: behind junk, behind the
/// end, inside raw data. Only attacks are told, because chance makes harmless streams everywhere.
final class HiddenStreams {
  private static final int CHUNK = 1 << 16;
  private static final int LONGEST_NAMES = 256;

  /// Bounds the work on bytes that begin a stream everywhere, and so would cost the square: one
  /// unit of work is an opcode, or so many bytes passed over.
  private static final long BYTES_PER_WORK = 32;

  private static final long LEAST_WORK = 1_000_000;

  private final Allowlist allowlist;
  private final Target target;
  private final Inspection inspection;
  private final long size;

  HiddenStreams(Allowlist allowlist, Target target, Inspection inspection) {
    this.allowlist = allowlist;
    this.target = target;
    this.inspection = inspection;
    this.size = target.bytes().size();
  }

  /// Looks at one place only: raw data whose first bytes begin a stream.
  void checkAt(long position) throws IOException {
    ByteCursor cursor = new ByteCursor(target.bytes(), target.location().path());
    tryAt(cursor, position);
  }

  /// Searches from a position to the end.
  void search(long from) throws IOException {
    ByteCursor cursor = new ByteCursor(target.bytes(), target.location().path());
    long workLeft = LEAST_WORK + size - from;
    byte[] chunk = new byte[(int) Math.min(CHUNK + LONGEST_NAMES, Math.max(0, size - from))];
    long skipTo = from;
    for (long base = from; base < size; base += CHUNK) {
      int filled = (int) Math.min(chunk.length, size - base);
      target.bytes().read(base, chunk, 0, filled);
      int end = (int) Math.min(CHUNK, size - base);
      for (int i = (int) Math.max(0, skipTo - base); i < end; i++) {
        if (!begins(chunk, i, filled)) {
          continue;
        }
        if (workLeft <= 0) {
          inspection.notExamined(
              target.location().at(base + i), "too many beginnings of streams to try them all");
          return;
        }
        StreamRun run = tryAt(cursor, base + i);
        workLeft -= run.opcodes() + (run.end() - base - i) / BYTES_PER_WORK;
        if (run.isWhole()) {
          skipTo = run.end();
          i = (int) Math.min(end, skipTo - base) - 1;
        }
      }
    }
  }

  private StreamRun tryAt(ByteCursor cursor, long position) throws IOException {
    cursor.seek(position);
    PickleJudge judge =
        new PickleJudge(
            target.location(), allowlist, new JoblibArrays(true), new Transcript.Silent());
    StreamRun run = StreamRun.of(cursor, judge, inspection.budget());
    if (isAttack(judge)) {
      tell(judge, position);
    }
    return run;
  }

  static boolean isAttack(PickleJudge judge) {
    for (Finding finding : judge.findings()) {
      if (finding.implies() == Verdict.MALICIOUS
          || finding.rule().equals(PickleRule.DANGEROUS_IMPORT.id())
          || finding.rule().equals(PickleRule.NESTED_LOAD.id())) {
        return true;
      }
    }
    return false;
  }

  private void tell(PickleJudge judge, long position) {
    Finding worst = null;
    for (Finding finding : judge.findings()) {
      if (worst == null || finding.implies().compareTo(worst.implies()) > 0) {
        worst = finding;
      }
    }
    if (worst != null) {
      inspection.report(
          PickleRule.HIDDEN_STREAM.at(
              target.location().at(position),
              "a stream that begins here " + worst.message(),
              worst.evidence()));
    }
  }

  /// A binary stream's `PROTO`, or a textual import: `c` or `i`, two names, two newlines.
  private static boolean begins(byte[] bytes, int at, int end) {
    int b = bytes[at];
    if (b == (byte) 0x80) {
      return at + 1 < end && bytes[at + 1] >= 2 && bytes[at + 1] <= 5;
    }
    if (b != 'c' && b != 'i' && b != '(') {
      return false;
    }
    if (b == '(') { // INST needs the MARK in front of its arguments
      return at + 1 < end && "SVUX(i".indexOf(bytes[at + 1]) >= 0;
    }
    int module = nameEnd(bytes, at + 1, end);
    return module > 0 && nameEnd(bytes, module + 1, end) > 0;
  }

  /// Index of the newline that ends a dotted name, or -1.
  private static int nameEnd(byte[] bytes, int from, int end) {
    int i = from;
    while (i < end && i - from < LONGEST_NAMES / 2 && isNamePart(bytes[i])) {
      i++;
    }
    return i > from && i < end && bytes[i] == '\n' ? i : -1;
  }

  private static boolean isNamePart(byte b) {
    return b == '_' || b == '.' || (b >= '0' && b <= '9') || isLetter(b);
  }

  private static boolean isLetter(byte b) {
    return (b >= 'a' && b <= 'z') || (b >= 'A' && b <= 'Z');
  }
}
