package dev.vidimus.scan.suppression;

import dev.vidimus.artifact.Bytes;
import dev.vidimus.artifact.Digest;
import dev.vidimus.artifact.FormatException;
import dev.vidimus.artifact.RuleId;
import dev.vidimus.artifact.json.JsonLimits;
import dev.vidimus.artifact.json.JsonReader;
import java.io.IOException;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/// Reads a file of suppressions. Everything has to be there and nothing else may: what is misspelt
/// here would let a finding through, or keep one that somebody believes gone.
public final class SuppressionsReader {
  private static final String SCHEMA = "vidimus.suppressions/1";
  private static final JsonLimits LIMITS = new JsonLimits(4L << 20, 8, 100, 2_000, 20);
  private static final int LONGEST_OWNER = 200;
  private static final String ALGORITHM = "sha256:";

  private final JsonReader json;
  private final Predicate<String> isRule;
  private final List<Suppression> all = new ArrayList<>();
  private final Set<String> pairs = new HashSet<>();

  private SuppressionsReader(JsonReader json, Predicate<String> isRule) {
    this.json = json;
    this.isRule = isRule;
  }

  /// Reads a file.
  ///
  /// @param source its name in errors
  /// @param isRule whether there is a rule of that id
  /// @throws FormatException at the first thing that is not as it has to be
  public static List<Suppression> read(Bytes bytes, String source, Predicate<String> isRule)
      throws IOException, FormatException {
    try (JsonReader json = new JsonReader(bytes, source, LIMITS)) {
      SuppressionsReader reader = new SuppressionsReader(json, isRule);
      reader.document();
      json.end();
      return List.copyOf(reader.all);
    }
  }

  private void document() throws IOException, FormatException {
    Set<String> seen = new HashSet<>();
    json.object("document");
    for (String name = json.nextName(); name != null; name = json.nextName()) {
      seen.add(name);
      switch (name) {
        case "schema" -> {
          if (!json.string(name).equals(SCHEMA)) {
            throw json.malformed(name, "is not " + SCHEMA);
          }
        }
        case "suppressions" -> {
          json.array(name);
          while (json.nextElement()) {
            suppression();
          }
        }
        default -> throw json.malformed(name, "is no member of a file of suppressions");
      }
    }
    for (String name : List.of("schema", "suppressions")) {
      if (!seen.contains(name)) {
        throw json.malformed(name, "is missing");
      }
    }
  }

  private void suppression() throws IOException, FormatException {
    RuleId rule = null;
    Digest file = null;
    String reason = "";
    String owner = "";
    LocalDate expires = null;
    json.object("suppression");
    for (String name = json.nextName(); name != null; name = json.nextName()) {
      switch (name) {
        case "rule" -> rule = rule();
        case "file" -> file = file();
        case "reason" -> reason = text(name, LIMITS.string());
        case "owner" -> owner = text(name, LONGEST_OWNER);
        case "expires" -> expires = day();
        default -> throw json.malformed(name, "is no member of a suppression");
      }
    }
    if (rule == null || file == null || reason.isEmpty() || owner.isEmpty() || expires == null) {
      throw json.malformed("suppression", "needs rule, file, reason, owner and expires");
    }
    if (!pairs.add(rule + " " + file)) {
      throw json.malformed("suppression", "of " + rule + " in " + file + " stands here twice");
    }
    all.add(new Suppression(rule, file, reason, owner, expires));
  }

  private RuleId rule() throws IOException, FormatException {
    String id = json.string("rule");
    if (!isRule.test(id)) {
      throw json.malformed("rule", "there is no rule " + id);
    }
    return new RuleId(id);
  }

  private Digest file() throws IOException, FormatException {
    String text = json.string("file");
    try {
      if (text.startsWith(ALGORITHM)) {
        return Digest.ofHex(text.substring(ALGORITHM.length()));
      }
    } catch (IllegalArgumentException e) {
      // said below
    }
    throw json.malformed("file", "is no digest: sha256: and 64 lower-case hex digits");
  }

  private String text(String name, int longest) throws IOException, FormatException {
    String text = json.string(name).strip();
    if (text.isEmpty() || text.length() > longest) {
      throw json.malformed(name, "is empty or too long");
    }
    return text;
  }

  private LocalDate day() throws IOException, FormatException {
    try {
      return LocalDate.parse(json.string("expires"));
    } catch (DateTimeParseException e) {
      throw json.malformed("expires", "is no day such as 2030-12-31");
    }
  }
}
