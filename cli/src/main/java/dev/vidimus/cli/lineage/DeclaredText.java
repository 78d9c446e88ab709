package dev.vidimus.cli.lineage;

import dev.vidimus.artifact.Bytes;
import dev.vidimus.artifact.FileBytes;
import dev.vidimus.artifact.FormatException;
import dev.vidimus.artifact.Printable;
import dev.vidimus.artifact.json.JsonValue.JsonNumber;
import dev.vidimus.artifact.json.JsonWriter;
import dev.vidimus.cli.host.ExitCode;
import dev.vidimus.cli.host.Host;
import dev.vidimus.lineage.derive.Declared;
import java.io.IOException;

/// What a file declares of a derivation, as text or `vidimus.declared/1`.
final class DeclaredText {
  private DeclaredText() {}

  static ExitCode show(Host host, String path, boolean isJson) throws IOException {
    try (Bytes bytes = FileBytes.open(host.folder().resolve(path))) {
      Declared declared = Declared.read(bytes, path);
      host.print(isJson ? json(declared) : text(declared));
      return ExitCode.YES;
    } catch (FormatException e) {
      host.tell("vidimus: " + Printable.of(String.valueOf(e.getMessage()), 1000) + "\n");
      return ExitCode.COULD_NOT_TELL;
    }
  }

  private static String json(Declared declared) {
    JsonWriter json = new JsonWriter().object().name("schema").string("vidimus.declared/1");
    json.name("type").string(declared.type()).name("scale");
    Double scale = declared.scale();
    if (scale == null) {
      json.nothing();
    } else {
      json.value(new JsonNumber(Double.toString(scale)));
    }
    json.name("parents").array();
    declared.parents().forEach(json::string);
    json.endArray().name("adapters").array();
    declared.adapters().forEach(json::string);
    json.endArray().name("weights").array();
    declared.weights().forEach(weight -> json.value(new JsonNumber(Double.toString(weight))));
    json.endArray().name("recomputable").bool(declared.recomputable()).name("notes").array();
    declared.notes().forEach(json::string);
    return json.endArray().endObject() + "\n";
  }

  private static String text(Declared declared) {
    StringBuilder text = new StringBuilder();
    text.append("type  ").append(Printable.of(declared.type(), 80)).append('\n');
    if (declared.scale() != null) {
      text.append("scale  ").append(declared.scale()).append('\n');
    }
    declared.parents().forEach(p -> text.append("parent  ").append(line(p)));
    declared.adapters().forEach(a -> text.append("adapter  ").append(line(a)));
    text.append(declared.recomputable() ? "recomputable\n" : "not recomputable\n");
    declared.notes().forEach(note -> text.append("note  ").append(line(note)));
    return text.toString();
  }

  private static String line(String value) {
    return Printable.of(value, 200) + "\n";
  }
}
