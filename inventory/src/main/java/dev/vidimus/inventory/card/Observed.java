package dev.vidimus.inventory.card;

import dev.vidimus.artifact.Bytes;
import dev.vidimus.artifact.FileBytes;
import dev.vidimus.artifact.Finding;
import dev.vidimus.artifact.FormatException;
import dev.vidimus.artifact.Location;
import dev.vidimus.artifact.Printable;
import dev.vidimus.artifact.Snapshot;
import dev.vidimus.artifact.json.Json;
import dev.vidimus.artifact.json.JsonLimits;
import dev.vidimus.artifact.json.JsonReader;
import dev.vidimus.artifact.json.JsonValue.JsonObject;
import dev.vidimus.formats.gguf.GgufReader;
import dev.vidimus.formats.gguf.GgufValue;
import dev.vidimus.formats.safetensors.SafetensorsReader;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What the files beside a card say of licence and origin.
///
/// @param licences by the files that say so
/// @param bases names of models, by the files that say so
public record Observed(Map<String, String> licences, Map<String, List<String>> bases) {
  public Observed {
    licences = Map.copyOf(licences);
    bases = Map.copyOf(bases);
  }

  private static final JsonLimits LIMITS = new JsonLimits(16L << 20, 64, 1 << 12, 1 << 20, 1_000);
  private static final int LONGEST = 512;
  private static final int MOST_FILES = 1_000;

  /// In one file, and of the card's in a message.
  private static final int MOST_BASES = 100;
  private static final int SHOWN = 200;
  private static final Pattern HUB =
      Pattern.compile("https?://(?:www\\.)?(?:huggingface\\.co|hf\\.co)/([^/]+/[^/?#]+).*");

  /// Looks into the headers of all weights and configurations of a folder. What cannot be read says
  /// nothing here; a scan says why.
  public static Observed of(Snapshot snapshot) throws IOException {
    Map<String, Path> files = new TreeMap<>();
    for (Snapshot.Entry entry : snapshot.entries()) {
      files.put(entry.path(), entry.file());
    }
    return of(files);
  }

  /// The same for the files that lie beside a card, without those of inner folders.
  public static Observed beside(Path card) throws IOException {
    Map<String, Path> files = new TreeMap<>();
    Path folder = card.toAbsolutePath().normalize().getParent();
    if (folder != null) {
      try (DirectoryStream<Path> all = Files.newDirectoryStream(folder)) {
        for (Path file : all) {
          if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            files.put(String.valueOf(file.getFileName()), file);
          }
        }
      }
    }
    return of(files);
  }

  private static Observed of(Map<String, Path> files) throws IOException {
    Map<String, String> licences = new TreeMap<>();
    Map<String, List<String>> bases = new TreeMap<>();
    int looked = 0;
    for (Map.Entry<String, Path> file : files.entrySet()) {
      String path = file.getKey();
      String name = path.toLowerCase(Locale.ROOT);
      boolean isWeights = name.endsWith(".gguf") || name.endsWith(".safetensors");
      if ((isWeights || name.endsWith("adapter_config.json")) && ++looked <= MOST_FILES) {
        Looking looking = new Looking();
        looking.into(file.getValue(), path, name);
        if (!looking.licence.isEmpty()) {
          licences.put(path, looking.licence);
        }
        if (!looking.bases.isEmpty()) {
          bases.put(path, List.copyOf(looking.bases));
        }
      }
    }
    return new Observed(licences, bases);
  }

  private static final class Looking {
    private String licence = "";
    private final TreeSet<String> bases = new TreeSet<>();

    void into(Path file, String path, String name) throws IOException {
      try (Bytes bytes = FileBytes.open(file)) {
        if (name.endsWith(".gguf")) {
          GgufReader.read(bytes, path, value -> gguf(value, bytes));
        } else if (name.endsWith(".safetensors")) {
          SafetensorsReader.read(bytes, path, (key, text, offset) -> take(key, text));
        } else {
          adapter(bytes, path);
        }
      } catch (FormatException e) {
        // What was read before the fault stands.
      }
    }

    void gguf(GgufValue value, Bytes bytes) throws IOException {
      String key = value.key();
      if (key.equals("general.license")
          || (key.startsWith("general.base_model.") && key.endsWith(".repo_url"))) {
        take(key, value.text(bytes, LONGEST));
      }
    }

    void take(String key, String text) {
      String value = text.strip();
      if (value.isEmpty() || value.length() > LONGEST) {
        return;
      }
      switch (key) {
        case "general.license", "license", "modelspec.license" -> licence = value;
        case "base_model", "modelspec.base_model", "ss_base_model" -> base(value);
        default -> {
          if (key.endsWith(".repo_url")) {
            base(value);
          }
        }
      }
    }

    private void base(String text) {
      if (bases.size() >= MOST_BASES) {
        return;
      }
      Matcher address = HUB.matcher(text);
      bases.add(address.matches() ? address.group(1) : text);
    }

    void adapter(Bytes bytes, String source) throws IOException, FormatException {
      if (Json.parse(bytes, source, LIMITS, JsonReader.Dialect.PYTHON)
          instanceof JsonObject config) {
        String base = config.string("base_model_name_or_path");
        if (base != null && !base.isBlank()) {
          base(base.strip());
        }
      }
    }
  }

  /// Where a card says something else. Names without a slash are no names on a hub, and paths say
  /// nothing to anybody else: they are not compared.
  ///
  /// @param source the card's name
  public List<Finding> against(Card card, String source) {
    List<Finding> findings = new ArrayList<>();
    Location file = Location.of(source);
    new TreeMap<>(licences)
        .forEach(
            (path, licence) -> {
              boolean isSaid = !card.licence().isEmpty() && !plain(licence).equals("other");
              if (isSaid && !plain(card.licence()).equals(plain(licence))) {
                String message =
                    "the card says " + card.licence() + ", " + path + " says " + licence;
                findings.add(CardRule.LICENCE_DISAGREES.at(file, Printable.of(message, SHOWN), ""));
              }
            });
    Set<String> declared = new LinkedHashSet<>();
    card.edges().stream()
        .filter(Card.Edge::isResolvable)
        .forEach(one -> declared.add(bare(one.parent())));
    String said =
        "the card says " + String.join(", ", declared.stream().limit(MOST_BASES).toList()) + ", ";
    new TreeMap<>(bases)
        .forEach(
            (path, names) -> {
              for (String name : names) {
                boolean isName = name.matches("[A-Za-z0-9][\\w.-]*/[\\w.-]+");
                if (isName && !declared.isEmpty() && !declared.contains(bare(name))) {
                  findings.add(
                      CardRule.BASE_DISAGREES.at(
                          file, Printable.of(said + path + " says " + name, SHOWN), ""));
                }
              }
            });
    return findings;
  }

  private static String bare(String name) {
    int at = name.indexOf('@');
    return (at < 0 ? name : name.substring(0, at)).toLowerCase(Locale.ROOT);
  }

  /// Spellings of one licence are one: `Apache 2.0` and `apache-2.0`.
  private static String plain(String licence) {
    return licence
        .toLowerCase(Locale.ROOT)
        .replaceAll("\\b(?:licen[cs]e|version|the)\\b", " ")
        .replaceAll("[^a-z0-9.+]+", "-")
        .replaceAll("^-+|-+$", "");
  }
}
