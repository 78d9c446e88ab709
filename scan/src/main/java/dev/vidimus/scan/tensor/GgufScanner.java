package dev.vidimus.scan.tensor;

import dev.vidimus.artifact.Bytes;
import dev.vidimus.artifact.FormatException;
import dev.vidimus.artifact.Location;
import dev.vidimus.artifact.Printable;
import dev.vidimus.formats.gguf.GgufFile;
import dev.vidimus.formats.gguf.GgufReader;
import dev.vidimus.formats.gguf.GgufType;
import dev.vidimus.formats.gguf.GgufValue;
import dev.vidimus.scan.inspection.Inspection;
import dev.vidimus.scan.inspection.Scanner;
import dev.vidimus.scan.inspection.Target;
import dev.vidimus.scan.template.TemplateJudge;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// Judges GGUF: the tables by the rules of the loader, string metadata as text, and chat templates
/// as the programs in Jinja that they are.
final class GgufScanner implements Scanner {
  private static final String TEMPLATE = "chat_template";
  private static final int LONGEST_TEXT = 1 << 20;

  @Override
  public void scan(Target target, Inspection inspection) throws IOException {
    Location location = target.location();
    MetadataText text = new MetadataText();
    try {
      GgufFile file =
          GgufReader.read(
              target.bytes(),
              target.name(),
              value -> {
                if (value.type() == GgufType.STRING) {
                  judge(value, target, text, inspection);
                }
              });
      judgeTrailing(file, target, inspection);
    } catch (FormatException e) {
      inspection.ended(location, e, TensorRule.GGUF_BROKEN);
    }
  }

  private static void judge(
      GgufValue value, Target target, MetadataText rule, Inspection inspection) throws IOException {
    Location at = target.location().at(value.offset());
    String key = Printable.of(value.key(), 80);
    if (value.size() > LONGEST_TEXT) {
      inspection.notExamined(at, "metadata \"" + key + "\" of " + value.size() + " bytes");
    }
    String content = value.text(target.bytes(), LONGEST_TEXT);
    if (value.key().contains(TEMPLATE)) {
      TemplateJudge.judge(
          content, "chat template in \"" + key + "\"", TemplateJudge.Use.CHAT, at, inspection);
      return;
    }
    MetadataText.@Nullable Suspicion suspicion = rule.judge(value.key(), content);
    if (suspicion != null) {
      inspection.report(
          TensorRule.GGUF_METADATA_CODE.at(
              at, "metadata \"" + key + "\" " + suspicion.what(), suspicion.excerpt()));
    }
  }

  /// Some writers pad the end, which is nothing to mention.
  private static void judgeTrailing(GgufFile file, Target target, Inspection inspection)
      throws IOException {
    Bytes bytes = target.bytes();
    long at = file.end();
    byte[] chunk = new byte[4096];
    int count = (int) Math.min(chunk.length, bytes.size() - at);
    bytes.read(at, chunk, 0, count);
    for (int i = 0; i < count; i++) {
      if (chunk[i] != 0) {
        inspection.report(
            TensorRule.GGUF_TRAILING.at(
                target.location().at(at), (bytes.size() - at) + " bytes that no loader reads", ""));
        return;
      }
    }
  }
}
