package dev.vidimus.inventory.card;

import dev.vidimus.artifact.Bytes;
import dev.vidimus.artifact.Finding;
import dev.vidimus.artifact.FormatException;
import dev.vidimus.artifact.Location;
import dev.vidimus.artifact.Printable;
import dev.vidimus.formats.yaml.YamlListener;
import dev.vidimus.formats.yaml.YamlReader;
import dev.vidimus.inventory.card.Card.Edge;
import dev.vidimus.inventory.card.Card.Metric;
import dev.vidimus.inventory.card.Card.Relation;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/// Reads a card: Markdown with [front
/// matter](https://huggingface.co/docs/hub/model-cards#model-card-metadata) in YAML.
public final class CardReader {
  private static final int LARGEST = 8 << 20;
  private static final int MOST_VALUES = 10_000;
  private static final int SHOWN = 200;
  private static final String BASE = "base_model";

  /// `org/name`, perhaps with a revision.
  private static final Pattern NAME =
      Pattern.compile("[A-Za-z0-9][\\w.-]*(?:/[A-Za-z0-9][\\w.-]*)?(?:@[\\w./-]+)?");

  /// What a reviewer looks for, and words of headings under which it is found.
  private static final Map<String, Pattern> SECTIONS = sections();

  private final Location file;
  private final List<Finding> findings = new ArrayList<>();
  private final Map<String, List<String>> values = new LinkedHashMap<>();
  private final Map<String, Map<String, String>> results = new LinkedHashMap<>();
  private int counted;
  private boolean isPlain = true;

  private CardReader(String source) {
    this.file = Location.of(source);
  }

  private static Map<String, Pattern> sections() {
    Map<String, Pattern> sections = new LinkedHashMap<>();
    sections.put("training data", heading("training data|dataset|data"));
    sections.put("intended use", heading("intended use|uses|use cases?|how to use|usage"));
    sections.put("limitations", heading("limitation|bias|risks?|out-of-scope"));
    sections.put("evaluation", heading("evaluation|results|performance|metrics|benchmark"));
    sections.put("contact", heading("contact|authors?|citation|maintainer"));
    return sections;
  }

  private static Pattern heading(String words) {
    return Pattern.compile("(?im)^#{1,6}[^\\n]*\\b(?:" + words + ")");
  }

  /// Reads a card.
  ///
  /// @param source its name in errors and findings
  /// @throws FormatException if it is too large
  public static Card read(Bytes bytes, String source) throws IOException, FormatException {
    if (bytes.size() > LARGEST) {
      throw new FormatException.LimitExceeded(
          source + ": card", 0, bytes.size() + " bytes, over the limit of " + LARGEST);
    }
    String text =
        new String(bytes.array(0, (int) bytes.size()), StandardCharsets.UTF_8)
            .replace("\r\n", "\n");
    return new CardReader(source).card(text.startsWith("\ufeff") ? text.substring(1) : text);
  }

  private Card card(String text) throws IOException {
    String front = frontMatter(text);
    if (!front.isEmpty()) {
      readFront(front);
    }
    List<Edge> edges = edges();
    String licence = licence();
    List<String> datasets = new ArrayList<>(new LinkedHashSet<>(values("datasets")));
    if (front.isEmpty()) {
      report(CardRule.NO_CLAIMS, "no claims: unknown lineage");
    } else if (isPlain && licence.isEmpty()) {
      report(
          CardRule.NO_LICENCE,
          values.containsKey("licence")
              ? "no licence: the key is license, and the card has licence"
              : "no licence");
    }
    sections(text, !datasets.isEmpty());
    return new Card(licence, edges, datasets, metrics(), findings);
  }

  /// What stands between the first two lines of three dashes; empty if there is none.
  private static String frontMatter(String text) {
    if (!text.startsWith("---\n")) {
      return "";
    }
    int end = text.indexOf("\n---", 3);
    return end < 0 ? text.substring(4) : text.substring(4, end + 1);
  }

  private void readFront(String front) throws IOException {
    byte[] bytes = front.getBytes(StandardCharsets.UTF_8);
    try {
      YamlReader.read(
          Bytes.of(bytes),
          file.file(),
          new YamlListener() {
            @Override
            public void tag(List<String> path, String tag, String value, long offset) {
              isPlain = false;
              report(CardRule.UNREADABLE, "the tag " + tag + " at " + String.join(".", path));
            }

            @Override
            public void scalar(List<String> path, String value, boolean plain, long offset) {
              take(path, value);
            }
          });
    } catch (FormatException e) {
      isPlain = false;
      report(CardRule.UNREADABLE, String.valueOf(e.getMessage()));
    }
    if (counted > MOST_VALUES) {
      isPlain = false;
      report(CardRule.UNREADABLE, "more than " + MOST_VALUES + " values");
    }
  }

  private void take(List<String> path, String value) {
    if (++counted > MOST_VALUES || path.isEmpty()) {
      return;
    }
    if (path.getFirst().equals("model-index") && path.size() > 3) {
      String result = path.get(1) + "/" + path.get(3);
      String member = String.join(".", path.subList(Math.min(4, path.size()), path.size()));
      results.computeIfAbsent(result, key -> new LinkedHashMap<>()).put(member, value);
    } else if (path.size() <= 2) {
      values.computeIfAbsent(path.getFirst(), key -> new ArrayList<>()).add(value.strip());
    }
  }

  private List<String> values(String key) {
    return isPlain ? values.getOrDefault(key, List.of()) : List.of();
  }

  private String licence() {
    List<String> licences = values("license");
    String licence = licences.isEmpty() ? "" : licences.getFirst();
    if (licence.equalsIgnoreCase("other")) {
      List<String> named = values("license_name");
      return named.isEmpty() ? licence : named.getFirst();
    }
    return licence;
  }

  private List<Edge> edges() {
    Set<Edge> edges = new LinkedHashSet<>();
    List<String> bases = values(BASE);
    for (String base : bases) {
      boolean isName = NAME.matcher(base).matches();
      if (!isName) {
        report(CardRule.UNRESOLVED_BASE, "the base model is " + base + ", no name on a hub");
      }
      if (values("model_id").contains(base) || values("model_name").contains(base)) {
        report(CardRule.OWN_PARENT, "a cycle: the base model is " + base + " itself");
      } else {
        edges.add(new Edge(relation(base, bases.size()), base, isName));
      }
    }
    return List.copyOf(edges);
  }

  /// By what the card says; else by its library and tags; else two parents are a merge.
  private Relation relation(String base, int count) {
    Set<String> words = new HashSet<>();
    for (String key : List.of("base_model_relation", "library_name", "tags")) {
      values(key).forEach(word -> words.add(word.toLowerCase(Locale.ROOT)));
    }
    String tag = ":" + base.toLowerCase(Locale.ROOT);
    Set<String> relation = new HashSet<>();
    values("base_model_relation").forEach(word -> relation.add(word.toLowerCase(Locale.ROOT)));
    if (relation.contains("adapter")) {
      return Relation.ADAPTER_OF;
    }
    if (relation.contains("quantized")) {
      return Relation.QUANTIZED_FROM;
    }
    if (relation.contains("merge")) {
      return Relation.MERGED_FROM;
    }
    if (relation.contains("finetune")) {
      return Relation.FINETUNED_FROM;
    }
    if (words.contains("base_model:adapter" + tag)
        || words.contains("peft")
        || words.contains("lora")) {
      return Relation.ADAPTER_OF;
    }
    if (words.contains("base_model:quantized" + tag) || !values("quantized_by").isEmpty()) {
      return Relation.QUANTIZED_FROM;
    }
    if (words.contains("base_model:merge" + tag) || words.contains("mergekit") || count > 1) {
      return Relation.MERGED_FROM;
    }
    return Relation.FINETUNED_FROM;
  }

  /// `model-index`: results, each with a task, a dataset and metrics.
  private List<Metric> metrics() {
    List<Metric> metrics = new ArrayList<>();
    for (Map<String, String> result : isPlain ? results.values() : List.<Map<String, String>>of()) {
      for (int i = 0; result.containsKey("metrics." + i + ".type"); i++) {
        String metric = "metrics." + i + ".";
        metrics.add(
            new Metric(
                result.getOrDefault("task.type", ""),
                result.getOrDefault("dataset.name", ""),
                result.getOrDefault(metric + "type", ""),
                result.getOrDefault(metric + "value", ""),
                Boolean.parseBoolean(result.getOrDefault(metric + "verified", "false"))));
      }
    }
    return metrics;
  }

  private void sections(String text, boolean namesDatasets) {
    List<String> missing = new ArrayList<>();
    SECTIONS.forEach(
        (section, heading) -> {
          boolean isSaid =
              heading.matcher(text).find() || (namesDatasets && section.equals("training data"));
          if (!isSaid) {
            missing.add(section);
          }
        });
    if (!missing.isEmpty()) {
      report(CardRule.MISSING_SECTION, "nothing about " + String.join(", ", missing));
    }
  }

  private void report(CardRule rule, String message) {
    findings.add(rule.at(file, Printable.of(message, SHOWN), ""));
  }
}
