package dev.vidimus.formats.operator;

import dev.vidimus.artifact.Bytes;
import dev.vidimus.artifact.FormatException;
import dev.vidimus.formats.flatbuffer.FlatBuffer;
import dev.vidimus.formats.flatbuffer.FlatBuffer.Vector;
import dev.vidimus.formats.operator.OperatorListener.Kind;
import java.io.IOException;

/// Reads programs of ExecuTorch
/// ([program.fbs](https://github.com/pytorch/executorch/blob/main/schema/program.fbs)).
public final class ExecutorchReader {
  private static final int REFERENCE = Integer.BYTES;
  private static final int MOST_NAMES = 1 << 20;

  private final FlatBuffer file;
  private final OperatorListener listener;
  private int names;

  private ExecutorchReader(FlatBuffer file, OperatorListener listener) {
    this.file = file;
    this.listener = listener;
  }

  /// Reads a program.
  ///
  /// @param source its name in errors
  public static void read(Bytes bytes, String source, OperatorListener listener)
      throws IOException, FormatException {
    new ExecutorchReader(new FlatBuffer(bytes, source), listener).program();
  }

  private void program() throws IOException, FormatException {
    long program = file.root("program");
    Vector plans = file.vector("plans", program, 1, REFERENCE);
    for (int i = 0; i < plans.count(); i++) {
      long plan = file.element("plan", plans, i);
      Vector operators = file.vector("operators", plan, 6, REFERENCE);
      for (int k = 0; k < operators.count(); k++) {
        named(Kind.OPERATOR, file.element("operator", operators, k));
      }
      Vector delegates = file.vector("delegates", plan, 7, REFERENCE);
      for (int k = 0; k < delegates.count(); k++) {
        named(Kind.BACKEND, file.element("delegate", delegates, k));
      }
    }
  }

  private void named(Kind kind, long table) throws IOException, FormatException {
    if (++names > MOST_NAMES) {
      throw file.over("program", "more than " + MOST_NAMES + " operators");
    }
    listener.named(kind, file.text("name", table, 0), table);
  }
}
