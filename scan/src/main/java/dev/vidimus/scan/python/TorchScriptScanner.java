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

/// Judges `code/*.py` of an archive of `torch.jit.save`: a language of its own in the grammar of
/// Python, in which only operators of the runtime can be called.
public final class TorchScriptScanner implements Scanner {
  @Override
  public void scan(Target target, Inspection inspection) throws IOException {
    long size = target.bytes().size();
    if (size > 2L * PyReader.LONGEST) {
      inspection.notExamined(target.location(), "a program of " + size + " bytes");
      return;
    }
    String text = new String(target.bytes().array(0, (int) size), StandardCharsets.UTF_8);
    try {
      List<PyNode> program = PyReader.read(text, target.name());
      new TorchScriptJudge(target.location(), inspection).judge(program);
    } catch (FormatException e) {
      inspection.notExamined(
          target.location(), "TorchScript: " + Printable.of(e.where() + ": " + e.problem(), 200));
    }
  }
}
