package dev.vidimus.scan.pickle;

import dev.vidimus.artifact.ByteCursor;
import dev.vidimus.artifact.Bytes;
import dev.vidimus.artifact.Finding;
import dev.vidimus.artifact.FormatException;
import dev.vidimus.artifact.Location;
import dev.vidimus.artifact.Verdict;
import dev.vidimus.scan.inspection.Inspection;
import dev.vidimus.scan.inspection.Scanner;
import dev.vidimus.scan.inspection.Target;
import java.io.IOException;

/// Examines every pickle stream of a target: one after the other as loaders that read again would,
/// the tensors of a legacy torch checkpoint skipped exactly, joblib's arrays by both readings, and
/// whatever remains searched for hidden streams.
public final class PickleScanner implements Scanner {
  private final Allowlist allowlist;

  /// @param allowlist the names that pickles may use
  public PickleScanner(Allowlist allowlist) {
    this.allowlist = allowlist;
  }

  @Override
  public void scan(Target target, Inspection inspection) throws IOException {
    ByteCursor cursor = new ByteCursor(target.bytes(), target.location().path());
    HiddenStreams hidden = new HiddenStreams(allowlist, target, inspection);
    if (target.purpose() == Target.Purpose.PAYLOAD) {
      hidden.checkAt(0);
      return;
    }
    StreamRun first = runVisible(cursor, target, inspection);
    if (!first.isWhole()) {
      hidden.search(first.end());
      return;
    }
    if (TorchLegacy.begins(first.result(), target.bytes())) {
      legacy(cursor, target, inspection, hidden);
    } else {
      following(cursor, target, inspection, hidden);
    }
  }

  /// Streams behind the first, as joblib, legacy torch and `pickle.load` in a loop read them.
  private void following(
      ByteCursor cursor, Target target, Inspection inspection, HiddenStreams hidden)
      throws IOException {
    while (cursor.hasRemaining()) {
      long start = cursor.position();
      StreamRun next = run(cursor, target.location(), true, inspection);
      boolean isStream = next.isWhole() || HiddenStreams.isAttack(next.judge());
      if (isStream) {
        tell(next, target, inspection);
      }
      if (!next.isWhole()) {
        inspection.report(
            PickleRule.TRAILING_DATA.at(
                target.location().at(start),
                (target.bytes().size() - start) + " bytes follow the end of the pickle",
                ""));
        hidden.search(isStream ? next.end() : start);
        return;
      }
    }
  }

  private void legacy(ByteCursor cursor, Target target, Inspection inspection, HiddenStreams hidden)
      throws IOException {
    TorchStorages storages = new TorchStorages();
    for (int i = 1; i < TorchLegacy.STREAMS; i++) {
      StreamRun next = runVisible(cursor, target, inspection);
      storages = i == TorchLegacy.OBJECT ? next.judge().storages() : storages;
      if (!next.isWhole()) {
        hidden.search(next.end());
        return;
      }
    }
    long expected = storages.legacyBytes();
    if (cursor.remaining() != expected) {
      inspection.report(
          PickleRule.UNACCOUNTED_STORAGE.at(
              target.location().at(cursor.position()),
              "the tensors need "
                  + (expected < 0 ? "an unknown number of" : String.valueOf(expected))
                  + " bytes but "
                  + cursor.remaining()
                  + " follow",
              ""));
      hidden.search(cursor.position());
    }
  }

  /// Runs a stream that every loader reads, and tells all of it.
  private StreamRun runVisible(ByteCursor cursor, Target target, Inspection inspection)
      throws IOException {
    long start = cursor.position();
    StreamRun run = run(cursor, target.location(), true, inspection);
    tell(run, target, inspection);
    FormatException failure = run.failure();
    if (failure != null) {
      inspection.ended(target.location(), failure, PickleRule.BROKEN);
    }
    if (run.judge().hasArrays()) {
      alsoPlainly(start, target, inspection);
      cursor.seek(run.end());
    }
    return run;
  }

  /// joblib's file as `pickle.load` reads it: array bytes as opcodes. Honest arrays end that
  /// reading at once, so only an attack counts.
  private void alsoPlainly(long start, Target target, Inspection inspection) throws IOException {
    ByteCursor cursor = new ByteCursor(target.bytes(), target.location().path());
    cursor.seek(start);
    StreamRun plain = run(cursor, target.location(), false, inspection);
    for (Finding finding : plain.judge().findings()) {
      boolean isNested = finding.rule().equals(PickleRule.NESTED_LOAD.id());
      if (isNested || finding.implies() == Verdict.MALICIOUS) {
        inspection.report(finding);
      }
    }
    for (PickleJudge.Nested nested : plain.judge().nested()) {
      examineNested(nested, target, inspection);
    }
  }

  private StreamRun run(
      ByteCursor cursor, Location location, boolean asJoblib, Inspection inspection)
      throws IOException {
    Transcript transcript =
        inspection.options().explain() && asJoblib
            ? new Transcript.Written(inspection, location)
            : new Transcript.Silent();
    PickleJudge judge =
        new PickleJudge(location, allowlist, new JoblibArrays(asJoblib), transcript);
    StreamRun run = StreamRun.of(cursor, judge, inspection.budget());
    transcript.end();
    return run;
  }

  private void tell(StreamRun run, Target target, Inspection inspection) throws IOException {
    PickleJudge judge = run.judge();
    judge.findings().forEach(inspection::report);
    for (PickleJudge.Gap gap : judge.gaps()) {
      inspection.notExamined(target.location().at(gap.at()), gap.reason());
    }
    for (PickleJudge.Nested nested : judge.nested()) {
      examineNested(nested, target, inspection);
    }
    new EmbeddedStreams(allowlist, target.location(), inspection).check(judge.embedded());
  }

  private static void examineNested(PickleJudge.Nested nested, Target target, Inspection inspection)
      throws IOException {
    Bytes content = nested.content();
    String member = nested.loader() + "@" + nested.at() + ".pkl";
    inspection.examine(target.inside(content, member, Target.Purpose.ANY));
  }
}
