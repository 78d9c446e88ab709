package dev.vidimus.cli.inventory;

import dev.vidimus.artifact.Printable;
import dev.vidimus.artifact.json.JsonWriter;
import dev.vidimus.inventory.deps.Dependencies.Named;
import dev.vidimus.inventory.findings.DependencyChanges;
import java.util.List;

/// Changes between two states, for people and for machines.
final class ChangesOutput {
  private static final int SHOWN = 160;

  private ChangesOutput() {}

  static JsonWriter json(DependencyChanges changes) {
    JsonWriter json = new JsonWriter().object().name("schema").string("vidimus.deps.diff/1");
    packages(json.name("added"), changes.added());
    packages(json.name("removed"), changes.removed());
    DepsOutput.findings(json, changes.findings());
    return json.endObject();
  }

  private static void packages(JsonWriter json, List<Named> packages) {
    json.array();
    packages.forEach(one -> DepsOutput.dependency(json, one, List.of()));
    json.endArray();
  }

  static String text(DependencyChanges changes) {
    StringBuilder text = new StringBuilder();
    changes.removed().forEach(one -> line(text, "- ", one));
    changes.added().forEach(one -> line(text, "+ ", one));
    DepsOutput.lines(text, changes.findings());
    text.append(changes.added().size()).append(" added, ").append(changes.removed().size());
    return text.append(" removed, ")
        .append(changes.findings().size())
        .append(" findings\n")
        .toString();
  }

  private static void line(StringBuilder text, String sign, Named one) {
    text.append(sign).append(one.dependency().ecosystem().word()).append(' ');
    String name = one.dependency().name() + " " + one.dependency().version();
    text.append(Printable.of(name, SHOWN)).append("  (").append(one.file()).append(")\n");
  }
}
