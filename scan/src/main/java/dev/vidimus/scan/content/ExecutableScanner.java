package dev.vidimus.scan.content;

import dev.vidimus.formats.detect.Format;
import dev.vidimus.scan.inspection.Inspection;
import dev.vidimus.scan.inspection.Scanner;
import dev.vidimus.scan.inspection.Target;
import java.util.Locale;

/// Reports a program, whatever it does: nothing in a model needs one. It is worse if its name says
/// that it is something else.
final class ExecutableScanner implements Scanner {
  private final Format format;
  private final String what;

  /// @param what completes the sentence `x is …`
  ExecutableScanner(Format format, String what) {
    this.format = format;
    this.what = what;
  }

  @Override
  public void scan(Target target, Inspection inspection) {
    String name = target.name();
    ContentRule rule = hasOwnName(name) ? ContentRule.EXECUTABLE : ContentRule.DISGUISED_EXECUTABLE;
    inspection.report(rule.at(target.location(), name + " is " + what, ""));
  }

  /// Programs often have no extension, and libraries a version behind it: `libx.so.1`.
  private boolean hasOwnName(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    int dot = lower.lastIndexOf('.');
    return dot <= 0
        || lower.contains(".so.")
        || format.extensions().contains(lower.substring(dot + 1));
  }
}
