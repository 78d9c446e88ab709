package dev.vidimus.registry.examine;

import dev.vidimus.artifact.Bytes;
import dev.vidimus.artifact.Digest;
import dev.vidimus.artifact.FormatException;
import dev.vidimus.artifact.Printable;
import dev.vidimus.artifact.Snapshot;
import dev.vidimus.artifact.Verdict;
import dev.vidimus.formats.gguf.GgufReader;
import dev.vidimus.formats.gguf.GgufValue;
import dev.vidimus.inventory.card.Card;
import dev.vidimus.inventory.card.CardReader;
import dev.vidimus.inventory.card.CardRule;
import dev.vidimus.lineage.derive.Declared;
import dev.vidimus.lineage.graph.EdgeKind;
import dev.vidimus.registry.statement.JsonMembers;
import dev.vidimus.scan.Meter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What does it say that it was made from? Model card, adapter configuration, merge recipe and the
/// keys of GGUF files. It reads headers and small files, no weights.
public final class OriginReading implements ArtifactExaminer {
  private static final String MODEL = "model";
  private static final String DATASET = "dataset";
  private static final int LONGEST_TEXT = 1_000;
  private static final int MOST_FILES = 500;
  private static final int PRINTED = 300;

  private static final Set<String> RECIPES =
      Set.of("mergekit_config.yml", "mergekit_config.yaml", "mergekit_moe_config.yml");

  /// The keys of a base, of a source and of data: `general.base_model.0.repo_url`.
  private static final Pattern KEY =
      Pattern.compile(
          "general\\.(base_model|dataset)\\.(\\d{1,4})\\.(name|organization|repo_url|url)"
              + "|general\\.(source)\\.(repo_url|url|huggingface\\.repository)");

  private final String version;

  /// @param version of this build
  public OriginReading(String version) {
    this.version = version;
  }

  @Override
  public String id() {
    return "lineage";
  }

  @Override
  public String version() {
    return version;
  }

  @Override
  public String ruleSet() {
    return Digest.sha256((version + "\n" + KEY + RECIPES).getBytes(StandardCharsets.UTF_8))
        .toString();
  }

  @Override
  public Found examine(Quarantined subject, Meter meter) throws IOException {
    Reading reading = new Reading();
    int read = 0;
    boolean isConverted = isConverted(subject.snapshot());
    for (Snapshot.Entry entry : subject.snapshot().entries()) {
      String path = entry.path();
      boolean counts = isCard(path) || isOther(path) || path.endsWith(".gguf");
      if (counts && read++ == MOST_FILES) {
        reading.notExamined.add("more than " + MOST_FILES + " files that name an origin");
        break;
      }
      if (counts) {
        reading.read(entry, isConverted);
      }
    }
    int dropped = reading.claims.dropped();
    if (dropped > 0) {
      reading.notExamined.add(dropped + " more claims of origin");
    }
    return new Found(
        reading.notExamined.isEmpty() ? Verdict.CLEAN : Verdict.INCOMPLETE,
        List.of(),
        reading.notExamined,
        new JsonMembers().put("claims", reading.claims.facts()).object());
  }

  private static boolean isCard(String path) {
    return path.equals("README.md");
  }

  private static boolean isOther(String path) {
    return path.equals("adapter_config.json") || RECIPES.contains(path);
  }

  /// Whether all of its weights are GGUF, whose cards often keep the base of what was converted.
  private static boolean isConverted(Snapshot snapshot) {
    boolean hasGguf = false;
    for (Snapshot.Entry entry : snapshot.entries()) {
      hasGguf |= entry.path().endsWith(".gguf");
      if (entry.path().endsWith(".safetensors") || entry.path().endsWith(".bin")) {
        return false;
      }
    }
    return hasGguf;
  }

  private static String word(EdgeKind kind) {
    return kind.word();
  }

  /// One examination.
  private static final class Reading {
    private final OriginClaims claims = new OriginClaims("declared");
    private final List<String> notExamined = new ArrayList<>();

    void read(Snapshot.Entry entry, boolean isConverted) throws IOException {
      try (Bytes bytes = entry.open()) {
        if (isCard(entry.path())) {
          card(bytes, entry.path(), isConverted);
        } else if (isOther(entry.path())) {
          declared(Declared.read(bytes, entry.path()), entry.path());
        } else {
          gguf(bytes, entry.path());
        }
      } catch (FormatException e) {
        notExamined.add(Printable.of(entry.path() + ": " + e.getMessage(), PRINTED));
      }
    }

    private void card(Bytes bytes, String path, boolean isConverted)
        throws IOException, FormatException {
      Card card = CardReader.read(bytes, path);
      if (card.findings().stream().anyMatch(f -> f.rule().equals(CardRule.UNREADABLE.id()))) {
        notExamined.add(path + ": its front matter cannot be read");
      }
      for (Card.Edge edge : card.edges()) {
        boolean isDirect = !isConverted || edge.relation() == Card.Relation.QUANTIZED_FROM;
        claims.name(
            MODEL, word(kind(edge.relation())), isDirect, edge.parent(), path + ": base_model");
      }
      for (String dataset : card.datasets()) {
        claims.name(DATASET, word(EdgeKind.TRAINED_ON), true, dataset, path + ": datasets");
      }
      for (Card.Metric metric : card.metrics()) {
        claims.name(
            DATASET, word(EdgeKind.EVALUATED_WITH), true, metric.dataset(), path + ": model-index");
      }
    }

    private static EdgeKind kind(Card.Relation relation) {
      return switch (relation) {
        case ADAPTER_OF -> EdgeKind.ADAPTER_OF;
        case FINETUNED_FROM -> EdgeKind.FINE_TUNE;
        case MERGED_FROM -> EdgeKind.MERGE_MODELS;
        case QUANTIZED_FROM -> EdgeKind.QUANTIZE;
      };
    }

    private void declared(Declared declared, String path) {
      boolean isAdapter = path.equals("adapter_config.json");
      EdgeKind kind = isAdapter ? EdgeKind.ADAPTER_OF : EdgeKind.MERGE_MODELS;
      String place = path + (isAdapter ? ": base_model_name_or_path" : "");
      declared.parents().forEach(one -> claims.name(MODEL, word(kind), true, one, place));
      declared
          .adapters()
          .forEach(one -> claims.name(MODEL, word(EdgeKind.MERGE_ADAPTER), true, one, place));
    }

    private void gguf(Bytes bytes, String path) throws IOException, FormatException {
      Map<String, Map<String, String>> all = new HashMap<>();
      for (GgufValue value : GgufReader.read(bytes, path, one -> {}).metadata()) {
        Matcher key = KEY.matcher(value.key());
        String text = key.matches() ? value.text(bytes, LONGEST_TEXT) : "";
        if (!text.isEmpty()) {
          boolean isSource = key.group(4) != null;
          String of = isSource ? key.group(4) : key.group(1) + "." + key.group(2);
          all.computeIfAbsent(of, one -> new HashMap<>())
              .put(isSource ? key.group(5) : key.group(3), text);
        }
      }
      all.keySet().stream().sorted().forEach(of -> gguf(of, all.get(of), path));
    }

    private void gguf(String of, @Nullable Map<String, String> said, String path) {
      if (said == null) {
        return;
      }
      String name = said.getOrDefault("name", "").replace(' ', '-');
      String organization = said.getOrDefault("organization", "").replace(' ', '-');
      String target =
          said.containsKey("repo_url")
              ? said.get("repo_url")
              : said.containsKey("huggingface.repository")
                  ? said.get("huggingface.repository")
                  : !organization.isEmpty() && !name.isEmpty()
                      ? organization + "/" + name
                      : said.getOrDefault("url", name);
      String place = path + ": general." + of;
      if (of.startsWith(DATASET)) {
        claims.name(DATASET, word(EdgeKind.TRAINED_ON), true, String.valueOf(target), place);
      } else {
        // What a converter calls the base is the base of what it converted.
        boolean isSource = of.equals("source");
        EdgeKind kind = isSource ? EdgeKind.CONVERT : EdgeKind.FINE_TUNE;
        claims.name(MODEL, word(kind), isSource, String.valueOf(target), place);
      }
    }
  }
}
