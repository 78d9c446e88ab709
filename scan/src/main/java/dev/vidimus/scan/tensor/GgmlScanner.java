package dev.vidimus.scan.tensor;

import dev.vidimus.artifact.FormatException;
import dev.vidimus.formats.gguf.GgmlReader;
import dev.vidimus.scan.inspection.Inspection;
import dev.vidimus.scan.inspection.Scanner;
import dev.vidimus.scan.inspection.Target;
import java.io.IOException;

/// Judges the containers before GGUF, which hold a vocabulary and tensors and nothing that runs.
final class GgmlScanner implements Scanner {
  @Override
  public void scan(Target target, Inspection inspection) throws IOException {
    try {
      GgmlReader.read(target.bytes(), target.name());
    } catch (FormatException e) {
      inspection.ended(target.location(), e, TensorRule.GGUF_BROKEN);
    }
  }
}
