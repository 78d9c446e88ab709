package dev.vidimus.scan.python;

import dev.vidimus.artifact.FormatException;
import dev.vidimus.artifact.Printable;
import dev.vidimus.formats.python.PyNode;
import dev.vidimus.formats.python.PyReader;
import dev.vidimus.scan.inspection.Inspection;
import dev.vidimus.scan.inspection.Scanner;
import dev.vidimus.scan.inspection.Target;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// Judges files of Python source.
public final class PythonScanner implements Scanner {
  @Override
  public void scan(Target target, Inspection inspection) throws IOException {
    if (target.bytes().size() > 2L * PyReader.LONGEST) {
      inspection.notExamined(target.location(), "a program of " + target.bytes().size() + " bytes");
      return;
    }
    byte[] content = target.bytes().array(0, (int) target.bytes().size());
    try {
      List<PyNode> program =
          PyReader.read(new String(content, StandardCharsets.UTF_8), target.name());
      new PythonJudge(program, target.location(), inspection).judge(true);
      ProgramReferences.record(program, target.location(), inspection);
    } catch (FormatException e) {
      inspection.notExamined(
          target.location(), "Python: " + Printable.of(e.where() + ": " + e.problem(), 200));
    }
  }
}
