package dev.vidimus.scan.pickle;

import dev.vidimus.artifact.ByteCursor;
import dev.vidimus.artifact.Bytes;
import dev.vidimus.artifact.Location;
import dev.vidimus.formats.pickle.Value;
import dev.vidimus.scan.inspection.Inspection;
import java.io.IOException;
import java.util.List;

/// Bytes that stand in a stream as data and are themselves a pickle. Nothing here loads them, so
/// only an attack is worth a word, and a milder one.
final class EmbeddedStreams {
  /// Data that are looked into for one stream.
  static final int MOST = 256;

  private final Allowlist allowlist;
  private final Location location;
  private final Inspection inspection;

  EmbeddedStreams(Allowlist allowlist, Location location, Inspection inspection) {
    this.allowlist = allowlist;
    this.location = location;
    this.inspection = inspection;
  }

  void check(List<Value.Data> candidates) throws IOException {
    for (Value.Data candidate : candidates) {
      Bytes content = ConstantCall.unwrapped(candidate);
      if (content == null) {
        continue;
      }
      PickleJudge judge =
          new PickleJudge(location, allowlist, new JoblibArrays(true), new Transcript.Silent());
      StreamRun.of(new ByteCursor(content, location.path()), judge, inspection.budget());
      if (HiddenStreams.isAttack(judge)) {
        inspection.report(
            PickleRule.EMBEDDED_ATTACK.at(
                location.at(candidate.number()),
                content.size()
                    + " bytes of data are a pickle that "
                    + judge.findings().getFirst().message(),
                judge.findings().getFirst().evidence()));
      }
    }
  }
}
