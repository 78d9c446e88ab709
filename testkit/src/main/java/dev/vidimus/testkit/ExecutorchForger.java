package dev.vidimus.testkit;

import static dev.vidimus.testkit.FlatForger.Field.at;
import static dev.vidimus.testkit.FlatForger.Field.number;

import java.util.Map;

/// Makes programs of ExecuTorch with one plan.
public final class ExecutorchForger {
  private ExecutorchForger() {}

  /// A program that calls one operator and hands the rest to one backend.
  public static byte[] program(String operator, String backend) {
    FlatForger flat = FlatForger.flat();
    int operatorName = flat.text(operator);
    int operators = flat.references(flat.table(2, Map.of(0, at(operatorName))));
    int backendName = flat.text(backend);
    int delegates = flat.references(flat.table(3, Map.of(0, at(backendName))));
    int plan = flat.table(9, Map.of(6, at(operators), 7, at(delegates)));
    int plans = flat.references(plan);
    return flat.file(flat.table(9, Map.of(0, number(0), 1, at(plans))), "ET12");
  }
}
