package dev.vidimus.scan.tensor;

import dev.vidimus.artifact.FormatException;
import dev.vidimus.artifact.Printable;
import dev.vidimus.artifact.json.Json;
import dev.vidimus.artifact.json.JsonReader;
import dev.vidimus.artifact.json.JsonValue;
import dev.vidimus.artifact.json.JsonValue.JsonArray;
import dev.vidimus.artifact.json.JsonValue.JsonBoolean;
import dev.vidimus.artifact.json.JsonValue.JsonNull;
import dev.vidimus.artifact.json.JsonValue.JsonNumber;
import dev.vidimus.artifact.json.JsonValue.JsonObject;
import dev.vidimus.artifact.json.JsonValue.JsonString;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Whether a text among the metadata of weights is meant for something that runs it.
///
/// Prose may mention `eval` and `rm`, and training tools store paths, prompts, addresses and JSON.
/// So words alone say nothing: a call needs its bracket ([CodeCalls]), a command its arguments
/// ([ShellCommands]), an address a reason to distrust it ([Addresses]). JSON is judged string by
/// string. What is wrapped whole in base64 or in `\x` escapes is unwrapped first ([Wrapping]).
public final class MetadataText {
  private static final int DEEPEST_WRAPPING = 3;
  private static final int LONGEST_JSON = 32 << 20;
  private static final int PRINTED = 160;

  /// @param what completes the sentence `metadata "x" …`
  /// @param excerpt the text around it, printable
  public record Suspicion(String what, String excerpt) {
    static Suspicion of(String what, CharSequence text, int from, int to) {
      int begin = Math.max(from - 20, 0);
      int end = Math.min(to + 100, text.length());
      return new Suspicion(what, Printable.of(text.subSequence(begin, end), PRINTED));
    }
  }

  /// Judges one text.
  ///
  /// @param key the name that the text goes by; it may say what the text is for
  /// @return null if nothing speaks against the text
  public @Nullable Suspicion judge(String key, String text) {
    return judge(key, text, 0);
  }

  private @Nullable Suspicion judge(String key, String text, int wrappings) {
    if (isJson(text)) {
      try {
        return judge(key, Json.parse(text, key, JsonReader.Dialect.PYTHON), wrappings);
      } catch (FormatException e) {
        // Text that only begins like JSON is judged as text.
      }
    }
    Suspicion found = Markup.find(text);
    if (found == null) {
      found = CodeCalls.find(text);
    }
    if (found == null) {
      found = ShellCommands.find(text);
    }
    if (found == null) {
      found = Addresses.find(key, text);
    }
    if (found == null && wrappings < DEEPEST_WRAPPING) {
      found = judgeInside(key, text, wrappings);
    }
    return found;
  }

  private @Nullable Suspicion judgeInside(String key, String text, int wrappings) {
    byte[] decoded = Wrapping.unwrap(text);
    if (decoded == null) {
      return null;
    }
    String program = Wrapping.program(decoded);
    if (program != null) {
      return new Suspicion("wraps " + program, Printable.of(text, PRINTED));
    }
    String inner = Wrapping.text(decoded);
    return inner == null ? null : judge(key, inner, wrappings + 1);
  }

  private static boolean isJson(String text) {
    int last = text.length() - 1;
    return last > 0
        && last < LONGEST_JSON
        && ((text.charAt(0) == '{' && text.charAt(last) == '}')
            || (text.charAt(0) == '[' && text.charAt(last) == ']'));
  }

  // The recursion is as deep as the reader of JSON allows.
  private @Nullable Suspicion judge(String key, JsonValue value, int wrappings) {
    return switch (value) {
      case JsonString(String text) -> judge(key, text, Math.max(wrappings, 1));
      case JsonArray(List<JsonValue> elements) -> {
        for (JsonValue element : elements) {
          Suspicion found = judge(key, element, wrappings);
          if (found != null) {
            yield found;
          }
        }
        yield null;
      }
      case JsonObject(Map<String, JsonValue> members) -> {
        for (Map.Entry<String, JsonValue> member : members.entrySet()) {
          Suspicion found = judge(member.getKey(), member.getValue(), wrappings);
          if (found != null) {
            yield found;
          }
        }
        yield null;
      }
      case JsonNumber _, JsonBoolean _, JsonNull _ -> null;
    };
  }
}
