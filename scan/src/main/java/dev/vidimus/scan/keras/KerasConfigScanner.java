package dev.vidimus.scan.keras;

import dev.vidimus.artifact.FormatException;
import dev.vidimus.artifact.json.Json;
import dev.vidimus.artifact.json.JsonLimits;
import dev.vidimus.artifact.json.JsonReader;
import dev.vidimus.scan.inspection.Inspection;
import dev.vidimus.scan.inspection.Scanner;
import dev.vidimus.scan.inspection.Target;
import java.io.IOException;

/// Judges a file of JSON that Keras builds a model from.
final class KerasConfigScanner implements Scanner {
  @Override
  public void scan(Target target, Inspection inspection) throws IOException {
    try {
      new KerasConfig(target, target.location(), inspection)
          .judge(
              Json.parse(
                  target.bytes(),
                  target.location().path(),
                  JsonLimits.DEFAULT,
                  JsonReader.Dialect.PYTHON));
    } catch (FormatException e) {
      inspection.ended(target.location(), e, KerasRule.BROKEN);
    }
  }
}
