package dev.vidimus.scan.graph;

import dev.vidimus.artifact.FormatException;
import dev.vidimus.formats.onnx.OnnxReader;
import dev.vidimus.scan.inspection.Inspection;
import dev.vidimus.scan.inspection.Scanner;
import dev.vidimus.scan.inspection.Target;
import java.io.IOException;

/// Judges ONNX: every operator and every tensor, wherever in the model they stand.
final class OnnxScanner implements Scanner {
  @Override
  public void scan(Target target, Inspection inspection) throws IOException {
    OnnxJudge judge = new OnnxJudge(target.location(), inspection);
    try {
      OnnxReader.read(target.bytes(), target.location().path(), judge);
    } catch (FormatException e) {
      inspection.ended(target.location(), e, OnnxRule.BROKEN);
    }
    judge.finish(); // what was seen before the break stands
  }
}
