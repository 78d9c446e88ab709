package dev.vidimus.scan.tensor;

import dev.vidimus.artifact.Bytes;
import dev.vidimus.artifact.Finding;
import dev.vidimus.artifact.FormatException;
import dev.vidimus.artifact.Location;
import dev.vidimus.artifact.Printable;
import dev.vidimus.artifact.Verdict;
import dev.vidimus.formats.safetensors.SafetensorsFile;
import dev.vidimus.formats.safetensors.SafetensorsReader;
import dev.vidimus.scan.inspection.Inspection;
import dev.vidimus.scan.inspection.Scanner;
import dev.vidimus.scan.inspection.Target;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// Judges safetensors: the header by the rules of the format, its metadata as text, and the head of
/// the buffer if it looks like a pickle.
final class SafetensorsScanner implements Scanner {
  private static final int PROTO = 0x80;
  private static final int NEWEST_PROTOCOL = 5;

  private final Scanner pickle;

  SafetensorsScanner(Scanner pickle) {
    this.pickle = pickle;
  }

  @Override
  public void scan(Target target, Inspection inspection) throws IOException {
    Location location = target.location();
    MetadataText text = new MetadataText();
    SafetensorsFile file;
    try {
      file =
          SafetensorsReader.read(
              target.bytes(),
              target.name(),
              (name, value, offset) -> {
                MetadataText.@Nullable Suspicion suspicion = text.judge(name, value);
                if (suspicion != null) {
                  inspection.report(
                      TensorRule.SAFETENSORS_METADATA_CODE.at(
                          location.at(offset),
                          "metadata \"" + Printable.of(name, 80) + "\" " + suspicion.what(),
                          suspicion.excerpt()));
                }
              });
    } catch (FormatException e) {
      inspection.ended(location, e, TensorRule.SAFETENSORS_BROKEN);
      return;
    }
    long begin = file.bufferOffset();
    judgeHead(target, begin, inspection);
  }

  /// Numbers may begin like a pickle by chance, so the scan of one is only believed if it finds an
  /// attack; what else it says of bytes that are no pickle is left out.
  private void judgeHead(Target target, long begin, Inspection inspection) throws IOException {
    Bytes buffer = target.bytes().slice(begin, target.bytes().size() - begin);
    byte[] head = buffer.head(2);
    if (head.length < 2 || (head[0] & 0xff) != PROTO || head[1] < 0 || head[1] > NEWEST_PROTOCOL) {
      return;
    }
    Target inner = target.inside(buffer, "tensor data", Target.Purpose.PAYLOAD);
    Inspection trial =
        new Inspection(inspection.options(), inspection.spool(), (nested, ignored) -> {});
    pickle.scan(inner, trial);
    for (Finding finding : trial.findings()) {
      if (finding.implies().compareTo(Verdict.SUSPICIOUS) >= 0) {
        inspection.report(
            TensorRule.SAFETENSORS_PICKLE.at(
                target.location().at(begin), finding.message(), finding.evidence()));
        return;
      }
    }
  }
}
