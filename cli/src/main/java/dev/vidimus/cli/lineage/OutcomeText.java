package dev.vidimus.cli.lineage;

import dev.vidimus.artifact.Printable;
import dev.vidimus.lineage.derive.Outcome;
import dev.vidimus.lineage.derive.TensorNote;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// An outcome for people.
final class OutcomeText {
  private static final int MOST = 20;
  private static final int PRINTED = 200;

  private OutcomeText() {}

  static String of(Outcome outcome, long millis) {
    StringBuilder text = new StringBuilder();
    text.append(outcome.verdict()).append("  ").append(outcome.relation()).append(": ");
    text.append(outcome.reason()).append('\n');
    list(text, "  culprit  ", outcome.culprits());
    int shown = 0;
    for (TensorNote note : outcome.tensors()) {
      if (shown++ == MOST) {
        text.append("  … and ").append(outcome.tensors().size() - MOST).append(" more\n");
        break;
      }
      text.append("  ").append(Printable.of(note.name(), PRINTED)).append(": ");
      text.append(Printable.of(note.detail(), PRINTED));
      if (note.checked() > 0) {
        text.append("; ")
            .append(note.bad())
            .append(" of ")
            .append(note.checked())
            .append(" values");
      }
      TensorNote.Worst worst = note.worst();
      if (worst != null) {
        text.append(
            String.format(
                Locale.ROOT,
                ", the worst at %s: %.6g instead of %.6g",
                worst.at(),
                worst.found(),
                worst.expected()));
      }
      text.append('\n');
    }
    for (Map.Entry<String, Object> parameter : outcome.parameters().entrySet()) {
      text.append("  ").append(Printable.of(parameter.getKey(), PRINTED)).append(" = ");
      text.append(Printable.of(String.valueOf(parameter.getValue()), PRINTED)).append('\n');
    }
    outcome.notes().forEach(n -> text.append("  ").append(Printable.of(n, PRINTED)).append('\n'));
    text.append("  ").append(outcome.bytesRead()).append(" bytes in ").append(millis);
    text.append(" ms; ").append(Outcome.LIMIT).append('\n');
    return text.toString();
  }

  private static void list(StringBuilder text, String label, List<String> names) {
    for (int i = 0; i < Math.min(MOST, names.size()); i++) {
      text.append(label).append(Printable.of(names.get(i), PRINTED)).append('\n');
    }
    if (names.size() > MOST) {
      text.append("  … and ").append(names.size() - MOST).append(" more culprits\n");
    }
  }
}
