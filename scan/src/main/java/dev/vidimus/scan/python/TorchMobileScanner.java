package dev.vidimus.scan.python;

import dev.vidimus.artifact.FormatException;
import dev.vidimus.artifact.Location;
import dev.vidimus.artifact.Printable;
import dev.vidimus.formats.pickle.PickleTexts;
import dev.vidimus.scan.inspection.Inspection;
import dev.vidimus.scan.inspection.Scanner;
import dev.vidimus.scan.inspection.Target;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;

/// Judges `bytecode.pkl` of an archive for PyTorch's mobile interpreter, which runs it in place of
/// the programs: tuples in which operators are texts such as `aten::add`.
public final class TorchMobileScanner implements Scanner {
  private static final Pattern OPERATOR = Pattern.compile("([A-Za-z_]\\w*)::([A-Za-z_]\\w*)");
  private static final int SHOWN = 80;

  @Override
  public void scan(Target target, Inspection inspection) throws IOException {
    Location location = target.location();
    Set<String> seen = new HashSet<>();
    try {
      PickleTexts.read(
          target.bytes(),
          location.path(),
          (text, offset) -> {
            if (OPERATOR.matcher(text).matches() && seen.add(text)) {
              judge(text, location.at(offset), inspection);
            }
          });
    } catch (FormatException e) {
      inspection.notExamined(location.at(e.offset()), "mobile bytecode: " + e.problem());
    }
  }

  private static void judge(String operator, Location place, Inspection inspection) {
    int mark = operator.indexOf("::");
    String shown = "\"" + Printable.of(operator, SHOWN) + "\"";
    String danger = TorchOperators.danger(operator.substring(mark + 2));
    if (danger != null) {
      inspection.report(
          TorchScriptRule.HARMFUL_OPERATOR.at(place, "the operator " + shown + " " + danger, ""));
    } else if (!TorchOperators.isKnown(operator.substring(0, mark))) {
      inspection.report(
          TorchScriptRule.CUSTOM_OPERATOR.at(
              place, "the operator " + shown + " is of a library that is not known", ""));
    }
  }
}
