package dev.vidimus.scan.operator;

import dev.vidimus.artifact.FormatException;
import dev.vidimus.artifact.Location;
import dev.vidimus.artifact.Printable;
import dev.vidimus.formats.torch7.Torch7Listener;
import dev.vidimus.formats.torch7.Torch7Reader;
import dev.vidimus.scan.inspection.Inspection;
import dev.vidimus.scan.inspection.Scanner;
import dev.vidimus.scan.inspection.Target;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;

/// Judges files of Torch 7: compiled Lua, and classes that are not of its own packages.
final class Torch7Scanner implements Scanner {
  private static final Set<String> PACKAGES =
      Set.of(
          "torch", "nn", "cudnn", "cunn", "nngraph", "graph", "nnx", "inn", "rnn", "optim", "tds",
          "fbnn", "fbcunn", "dp", "image", "stn", "dpnn");

  private static final int SHOWN = 80;

  @Override
  public void scan(Target target, Inspection inspection) throws IOException {
    Location location = target.location();
    try {
      Torch7Reader.read(target.bytes(), location.path(), new Judge(location, inspection));
    } catch (FormatException e) {
      inspection.ended(location, e, OperatorRule.BROKEN);
    }
  }

  private static final class Judge implements Torch7Listener {
    private final Location location;
    private final Inspection inspection;
    private final Set<String> reported = new HashSet<>();

    Judge(Location location, Inspection inspection) {
      this.location = location;
      this.inspection = inspection;
    }

    @Override
    public void function(long size, long offset) {
      inspection.report(
          OperatorRule.COMPILED.at(
              location.at(offset), "a function of " + size + " bytes of compiled Lua", ""));
    }

    @Override
    public void object(String name, long offset) {
      int dot = name.indexOf('.');
      String library = dot < 0 ? name : name.substring(0, dot);
      if (!PACKAGES.contains(library) && reported.add(name)) {
        String shown = "\"" + Printable.of(name, SHOWN) + "\"";
        inspection.report(
            OperatorRule.CUSTOM.at(
                location.at(offset), "the class " + shown + " is of another library", ""));
      }
    }
  }
}
