package dev.vidimus.scan.tensorflow;

import dev.vidimus.artifact.FormatException;
import dev.vidimus.artifact.Location;
import dev.vidimus.artifact.Printable;
import dev.vidimus.formats.tflite.TfliteReader;
import dev.vidimus.scan.graph.Operators;
import dev.vidimus.scan.inspection.Inspection;
import dev.vidimus.scan.inspection.Scanner;
import dev.vidimus.scan.inspection.Target;
import java.io.IOException;
import java.util.Set;

/// Judges TensorFlow Lite: whether the file holds what it says, and which operators need other code
/// than the runtime's.
final class TfliteScanner implements Scanner {
  /// Custom by name, but a part of the runtime as it is shipped.
  private static final Set<String> SHIPPED =
      Set.of("TFLite_Detection_PostProcess", "Mfcc", "AudioSpectrogram", "NumericVerify");

  private static final String FLEX = "Flex";
  private static final int SHOWN = 80;

  @Override
  public void scan(Target target, Inspection inspection) throws IOException {
    Location location = target.location();
    try {
      TfliteReader.read(
          target.bytes(), location.path(), name -> custom(name, location, inspection));
    } catch (FormatException e) {
      inspection.ended(location, e, TfliteRule.BROKEN);
    }
  }

  private static void custom(String name, Location location, Inspection inspection) {
    String shown = "the operator \"" + Printable.of(name, SHOWN) + "\"";
    if (name.startsWith(FLEX)) {
      String danger = Operators.danger(name.substring(FLEX.length()));
      inspection.report(
          danger == null
              ? TfliteRule.FLEX_OPERATOR.at(location, shown, "")
              : TfliteRule.HARMFUL_OPERATOR.at(location, shown + " " + danger, ""));
    } else if (!SHIPPED.contains(name)) {
      inspection.report(TfliteRule.CUSTOM_OPERATOR.at(location, shown, ""));
    }
  }
}
