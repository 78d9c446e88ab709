package dev.vidimus.scan.content;

import dev.vidimus.artifact.FormatException;
import dev.vidimus.artifact.Printable;
import dev.vidimus.artifact.json.JsonLimits;
import dev.vidimus.artifact.json.JsonReader;
import dev.vidimus.scan.inspection.Inspection;
import dev.vidimus.scan.inspection.Scanner;
import dev.vidimus.scan.inspection.Target;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Tells plain settings from JSON that a loader acts upon. A document of numbers and plain words,
/// such as an ordinary `config.json`, is read to its end and inert; one that names code, templates,
/// classes, paths or addresses is not examined by this version.
final class JsonScanner implements Scanner {
  /// Members whose value some loader imports, renders, fetches or builds.
  private static final Set<String> ACTED_UPON =
      Set.of(
          "_target_",
          "auto_map",
          "chat_template",
          "class_name",
          "code",
          "custom_objects",
          "custom_pipelines",
          "fn",
          "function",
          "lambda",
          "learner",
          "module",
          "nodes", // a graph of MXNet: each names the operator that runs it
          "registered_name",
          "template",
          "trust_remote_code",
          "weight_map");

  private static final int LONGEST_WORD = 256;
  private static final int LONGEST_SHOWN = 60;

  @Override
  public void scan(Target target, Inspection inspection) throws IOException {
    try (JsonReader json =
        new JsonReader(target.bytes(), target.location().path(), JsonLimits.DEFAULT)) {
      String reason = firstReason(json);
      if (reason != null) {
        inspection.notExamined(target.location(), "JSON that loaders act upon: " + reason);
      }
    } catch (FormatException e) {
      inspection.notExamined(target.location().at(e.offset()), "JSON: " + e.problem());
    }
  }

  /// The first thing that is more than a plain setting, or null; containers are kept on a stack of
  /// our own, because the document decides how deep they go.
  private static @Nullable String firstReason(JsonReader json) throws IOException, FormatException {
    Deque<JsonReader.Kind> open = new ArrayDeque<>();
    String reason = enter(json, open);
    while (reason == null && !open.isEmpty()) {
      if (open.getLast() == JsonReader.Kind.OBJECT) {
        String name = json.nextName();
        if (name == null) {
          open.removeLast();
        } else if (isActedUpon(name)) {
          return "member \"" + name + "\"";
        } else {
          reason = enter(json, open);
        }
      } else if (json.nextElement()) {
        reason = enter(json, open);
      } else {
        open.removeLast();
      }
    }
    if (reason == null) {
      json.end();
    }
    return reason;
  }

  /// Names of the list, and dunder names, by which skops and others say what to import.
  private static boolean isActedUpon(String name) {
    return ACTED_UPON.contains(name) || name.startsWith("__");
  }

  private static @Nullable String enter(JsonReader json, Deque<JsonReader.Kind> open)
      throws IOException, FormatException {
    JsonReader.Kind kind = json.kind("value");
    switch (kind) {
      case OBJECT -> {
        json.object("value");
        open.addLast(kind);
      }
      case ARRAY -> {
        json.array("value");
        open.addLast(kind);
      }
      case STRING -> {
        String text = json.string("value");
        return isPlain(text) ? null : "text \"" + Printable.of(text, LONGEST_SHOWN) + "\"";
      }
      case NUMBER, BOOLEAN, NULL -> json.skip("value");
    }
    return null;
  }

  /// A word or two: no template, path that leaves the folder, address, markup or statement.
  private static boolean isPlain(String text) {
    if (text.length() > LONGEST_WORD || text.startsWith("/") || text.contains("..")) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean isWordPart = Character.isLetterOrDigit(c) || " _-+./,@".indexOf(c) >= 0;
      if (!isWordPart) {
        return false;
      }
    }
    return true;
  }
}
