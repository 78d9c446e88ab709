package dev.vidimus.cli.registry;

import dev.vidimus.registry.question.Impact;

/// A workload that runs something, as it is printed.
final class RunningText {
  private RunningText() {}

  static void line(StringBuilder text, Impact.Running running) {
    text.append(running.environment()).append('/').append(running.workload()).append("  ");
    text.append(running.label()).append("  ").append(running.snapshot()).append("  since ");
    text.append(running.since());
    if (!running.until().isEmpty()) {
      text.append(" until ").append(running.until());
    }
    text.append('\n');
  }
}
