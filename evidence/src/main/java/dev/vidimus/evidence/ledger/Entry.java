package dev.vidimus.evidence.ledger;

import dev.vidimus.artifact.Bytes;
import dev.vidimus.artifact.Digest;
import dev.vidimus.artifact.FormatException;
import dev.vidimus.artifact.json.JsonLimits;
import dev.vidimus.artifact.json.JsonReader;
import dev.vidimus.artifact.json.JsonWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What the log itself holds of a statement: JSON with these members in this order, no white space,
/// at most 4 KiB. There is one spelling of each entry, and no other is read:
///
/// ```json
/// {"v":1,"type":"approval","time":"2026-11-21T10:42:55Z","actor":"p-3f2a",
///  "subject":["sha256:9f86..."],"envelope":"sha256:60303ae...","size":1834}
/// ```
///
/// All text is visible ASCII without quotation marks and backslashes, so nothing is escaped.
///
/// @param type what kind of statement
/// @param time when it was made, in whole seconds; what the writer says, the order is the log's
/// @param actor an opaque id: names live outside the log, so that a person can be forgotten
/// @param subjects what it is about, as `algorithm:hex`; none for a statement about no artifact
/// @param envelope SHA-256 of the envelope
/// @param size of the envelope in bytes
public record Entry(
    String type, Instant time, String actor, List<String> subjects, Digest envelope, long size) {
  /// The largest entry, in bytes; some fifty subjects.
  public static final int MOST_BYTES = 4096;

  private static final int VERSION = 1;
  private static final JsonLimits LIMITS = new JsonLimits(MOST_BYTES, 2, 16, MOST_BYTES, 20);

  /// Copies the list, and cuts the time to seconds.
  ///
  /// @throws IllegalArgumentException if a text is empty or not plain, or the entry too large
  public Entry {
    time = time.truncatedTo(ChronoUnit.SECONDS);
    subjects = List.copyOf(subjects);
    requirePlain("type", type);
    requirePlain("actor", actor);
    subjects.forEach(subject -> requirePlain("subject", subject));
    if (size < 0) {
      throw new IllegalArgumentException("size " + size);
    }
    int length = json(type, time, actor, subjects, envelope, size).length();
    if (length > MOST_BYTES) {
      throw new IllegalArgumentException(
          "an entry of " + length + " bytes, over the limit of " + MOST_BYTES);
    }
  }

  /// The entry for an envelope.
  public static Entry about(
      byte[] envelope, String type, Instant time, String actor, List<String> subjects) {
    return new Entry(type, time, actor, subjects, Digest.sha256(envelope), envelope.length);
  }

  private static void requirePlain(String field, String text) {
    boolean plain = text.chars().allMatch(c -> c > ' ' && c < 0x7f && c != '"' && c != '\\');
    if (!plain || text.isEmpty()) {
      throw new IllegalArgumentException(field + " is not visible ASCII: " + text);
    }
  }

  /// Where an envelope lies in a ledger's storage: `blob/sha256/ab/ab3f...`.
  public static String envelopePath(Digest envelope) {
    String hex = envelope.hex();
    return "blob/sha256/" + hex.substring(0, 2) + "/" + hex;
  }

  /// The bytes that are logged.
  public byte[] bytes() {
    return json(type, time, actor, subjects, envelope, size).getBytes(StandardCharsets.US_ASCII);
  }

  private static String json(
      String type, Instant time, String actor, List<String> subjects, Digest envelope, long size) {
    JsonWriter json = new JsonWriter().object();
    json.name("v").number(VERSION).name("type").string(type);
    json.name("time").string(time.toString()).name("actor").string(actor);
    json.name("subject").array();
    subjects.forEach(json::string);
    json.endArray();
    json.name("envelope").string(envelope.toString()).name("size").number(size);
    return json.endObject().toString();
  }

  /// Reads the one spelling of an entry.
  ///
  /// @param source its name in errors
  /// @throws FormatException if it is anything else
  public static Entry parse(byte[] bytes, String source) throws FormatException {
    Fields fields = new Fields();
    try (JsonReader json = new JsonReader(Bytes.of(bytes), source, LIMITS)) {
      fields.read(json);
    } catch (IOException e) {
      throw new IllegalStateException("an array cannot fail to be read", e);
    }
    Entry entry = fields.entry(source);
    if (!Arrays.equals(entry.bytes(), bytes)) {
      throw new FormatException.Malformed(
          source + ": entry", 0, "is not spelled as ledgers spell entries");
    }
    return entry;
  }

  /// Members as they come; whether they came in order, and all, the spelling decides.
  private static final class Fields {
    private @Nullable String type;
    private @Nullable String time;
    private @Nullable String actor;
    private @Nullable String envelope;
    private final List<String> subjects = new ArrayList<>();
    private long size;

    void read(JsonReader json) throws IOException, FormatException {
      json.object("entry");
      for (String name = json.nextName(); name != null; name = json.nextName()) {
        switch (name) {
          case "v" -> {
            if (json.unsigned("v") != VERSION) {
              throw new FormatException.Unsupported("entry: v", 0, "is not version " + VERSION);
            }
          }
          case "type" -> type = json.string(name);
          case "time" -> time = json.string(name);
          case "actor" -> actor = json.string(name);
          case "envelope" -> envelope = json.string(name);
          case "size" -> size = json.unsigned(name);
          case "subject" -> {
            json.array(name);
            while (json.nextElement()) {
              subjects.add(json.string(name));
            }
          }
          default -> throw json.malformed(name, "is no member of an entry");
        }
      }
      json.end();
    }

    Entry entry(String source) throws FormatException {
      try {
        String digest = Objects.requireNonNullElse(envelope, "");
        if (!digest.startsWith("sha256:")) {
          throw new IllegalArgumentException("envelope is no SHA-256 digest");
        }
        return new Entry(
            Objects.requireNonNullElse(type, ""),
            Instant.parse(Objects.requireNonNullElse(time, "")),
            Objects.requireNonNullElse(actor, ""),
            subjects,
            Digest.ofHex(digest.substring("sha256:".length())),
            size);
      } catch (IllegalArgumentException | DateTimeException e) {
        throw new FormatException.Malformed(source + ": entry", 0, String.valueOf(e.getMessage()));
      }
    }
  }
}
