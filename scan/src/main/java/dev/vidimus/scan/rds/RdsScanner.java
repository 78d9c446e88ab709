package dev.vidimus.scan.rds;

import dev.vidimus.artifact.FormatException;
import dev.vidimus.artifact.Location;
import dev.vidimus.artifact.Printable;
import dev.vidimus.formats.rds.RdsListener;
import dev.vidimus.formats.rds.RdsReader;
import dev.vidimus.scan.inspection.Inspection;
import dev.vidimus.scan.inspection.Scanner;
import dev.vidimus.scan.inspection.Target;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;

/// Judges one stream: promises first, because using a value is enough for them
/// ([CVE-2024-27322](https://nvd.nist.gov/vuln/detail/CVE-2024-27322)), then functions, which
/// somebody has to call.
public final class RdsScanner implements Scanner {
  /// Functions that start programs, load native code, run files or reach other machines.
  private static final Set<String> HARMFUL =
      Set.of(
          "system",
          "system2",
          "shell",
          "shell.exec",
          "pipe",
          "dyn.load",
          "library.dynam",
          "source",
          "sys.source",
          "socketConnection",
          "serverSocket",
          "make.socket",
          "download.file",
          "install.packages",
          "py_run_string",
          "py_run_file",
          "exec_wait",
          "exec_background");

  /// Functions that make code of text, of which one in a promise is enough.
  private static final Set<String> TEXT_TO_CODE = Set.of("parse", "str2lang", "str2expression");

  private static final int SHOWN = 60;

  @Override
  public void scan(Target target, Inspection inspection) throws IOException {
    Location location = target.location();
    try {
      RdsReader.read(target.bytes(), location.path(), new Judge(location, inspection));
    } catch (FormatException e) {
      inspection.ended(location, e, RdsRule.BROKEN);
    }
  }

  private static final class Judge implements RdsListener {
    private final Location location;
    private final Inspection inspection;
    private final Set<String> reported = new HashSet<>();

    Judge(Location location, Inspection inspection) {
      this.location = location;
      this.inspection = inspection;
    }

    @Override
    public void promise(boolean isBinding, long offset) {
      // The arguments of a function stay promises in its environment until it needs them.
      if (!isBinding) {
        report(RdsRule.PROMISE, "a promise stands in place of a value", offset);
      }
    }

    @Override
    public void call(String function, Part part, long offset) {
      String name = function.substring(function.lastIndexOf(':') + 1);
      boolean isHarmful = HARMFUL.contains(name);
      String shown = "\"" + Printable.of(function, SHOWN) + "\"";
      if (part == Part.PROMISE && (isHarmful || TEXT_TO_CODE.contains(name))) {
        report(RdsRule.HARMFUL_PROMISE, "a promise calls " + shown, offset);
      } else if (isHarmful) {
        String what = part == Part.FUNCTION ? "a function calls " : "an expression calls ";
        report(RdsRule.HARMFUL_CALL, what + shown, offset);
      }
    }

    @Override
    public void text(String text, Part part, long offset) {
      if (part == Part.PROMISE && HARMFUL.contains(text)) {
        String shown = "\"" + Printable.of(text, SHOWN) + "\"";
        report(RdsRule.HARMFUL_PROMISE, "a promise names " + shown, offset);
      }
    }

    @Override
    public void alternative(String name, long offset) {
      if (name.startsWith("mmap_")) {
        report(RdsRule.MAPPED_FILE, "a vector is of class " + Printable.of(name, SHOWN), offset);
      }
    }

    private void report(RdsRule rule, String what, long offset) {
      if (reported.add(rule + what)) {
        inspection.report(rule.at(location.at(offset), what, ""));
      }
    }
  }
}
