package dev.vidimus.scan.repository;

import dev.vidimus.artifact.Location;
import dev.vidimus.artifact.Printable;
import dev.vidimus.artifact.json.JsonReader;
import dev.vidimus.scan.inspection.Inspection;
import dev.vidimus.scan.operator.MxnetOperators;
import dev.vidimus.scan.operator.OperatorRule;
import dev.vidimus.scan.template.TemplateJudge;
import dev.vidimus.scan.tensor.MetadataText;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What the members of a configuration make loaders do. Values decide together with their names:
/// a token of a vocabulary may be called anything.
final class ConfigRules implements JsonWalk.Visitor {
  /// Members by which jsonpickle names what to import and call.
  private static final Set<String> PICKLED =
      Set.of("py/object", "py/type", "py/function", "py/class", "py/mod", "py/repr");

  /// Parts of tokenizers: words, not sentences.
  private static final Set<String> VOCABULARY =
      Set.of(
          "vocab", "merges", "added_tokens", "added_tokens_decoder", "additional_special_tokens");

  private static final Set<String> MODEL_NAMES =
      Set.of(
          "_name_or_path",
          "name_or_path",
          "base_model_name_or_path",
          "tokenizer_name",
          "tokenizer_name_or_path",
          "tokenizer_file",
          "pretrained_model_name_or_path",
          "model_name_or_path",
          "base_model",
          "processor_name_or_path");

  /// Members that some tools import and call: LightningCLI, latent-diffusion.
  private static final Set<String> CLASS_PATHS = Set.of("class_path", "target");

  /// Descriptions of arrays of Zarr, which name their codecs.
  private static final Set<String> ZARR = Set.of(".zarray", ".zmetadata", "zarr.json");

  private static final Pattern DOTTED = Pattern.compile("[A-Za-z_]\\w*(\\.[A-Za-z_]\\w*)+");

  private static final int LONGEST_TEXT = 1 << 20;

  private final String file;
  private final Location location;
  private final Inspection inspection;
  private final MetadataText texts = new MetadataText();
  private final Languages languages = new Languages();

  /// @param file base name in lower case
  ConfigRules(String file, Location location, Inspection inspection) {
    this.file = file;
    this.location = location;
    this.inspection = inspection;
  }

  @Override
  public void text(List<String> path, String text, long at) {
    if (path.stream().anyMatch(VOCABULARY::contains)) {
      return;
    }
    String name = name(path);
    Location place = location.at(at);
    if (path.contains("auto_map")) {
      code(path, text, place);
    } else if (path.contains("weight_map")) {
      shard(path.getLast(), text, place);
    } else if (path.stream().anyMatch(step -> step.contains("chat_template"))) {
      template(path, text, place);
    } else if (isTarget(path, name)) {
      target(name, text, place);
    } else if (CLASS_PATHS.contains(name) && isHarmfulPath(text)) {
      report(RepositoryRule.HARMFUL_TARGET, place, shown(name) + " is " + shown(text));
    } else if (file.equals("mlmodel") && name.equals("loader_module")) {
      loaderModule(text, place);
    } else if (ZARR.contains(file) && text.equals("pickle")) {
      report(RepositoryRule.UNKNOWN_TARGET, place, "an array is decoded by " + shown(text));
    } else if (file.equals("modules.json") && name.equals("type")) {
      module(text, place);
    } else if (file.equals("model_index.json") && Pipelines.isCustom(path, text)) {
      report(RepositoryRule.CUSTOM_CODE, place, "the pipeline takes a part from " + shown(text));
    } else if (name.startsWith("custom_pipeline")
        || (path.contains("custom_pipelines") && name.equals("impl"))) {
      code(path, text, place);
    } else if (MODEL_NAMES.contains(name) && text.contains("://")) {
      report(RepositoryRule.ADDRESS, place, shown(name) + " is " + shown(text));
    } else if (ImageRules.isPath(path, file) && ImageRules.escapes(text)) {
      report(RepositoryRule.OUTSIDE_PATH, place, shown(name) + " is " + shown(text));
    } else if (path.contains("layers") && path.contains("urls")) {
      report(RepositoryRule.ADDRESS, place, "a layer comes from " + shown(text));
    } else if (ImageRules.isCommand(path)) {
      secret(name, text, place); // what an image runs is what it is for
    } else if (PICKLED.contains(name)) {
      target(name, text, place);
    } else {
      languages.text(path);
      operator(path, text, place);
      plain(name, text, place);
    }
  }

  private void operator(List<String> path, String text, Location place) {
    String danger = MxnetOperators.danger(path, text);
    if (danger != null) {
      OperatorRule rule =
          MxnetOperators.isAddress(danger) ? OperatorRule.HARMFUL : OperatorRule.CUSTOM;
      inspection.report(rule.at(place, "the operator " + shown(text) + " " + danger, ""));
    }
  }

  /// Whose configuration the document turned out to be.
  Languages languages() {
    return languages;
  }

  @Override
  public void other(List<String> path, JsonReader.Kind kind, boolean value, long at) {
    if (value && name(path).equals("trust_remote_code")) {
      report(RepositoryRule.REMOTE_CODE_WANTED, location.at(at), "trust_remote_code is true");
    }
  }

  /// The innermost member's name; elements of an array go by the array's.
  private static String name(List<String> path) {
    for (int i = path.size() - 1; i >= 0; i--) {
      if (!path.get(i).isEmpty() && !Character.isDigit(path.get(i).charAt(0))) {
        return path.get(i);
      }
    }
    return "";
  }

  private void code(List<String> path, String text, Location place) {
    String member = shown(String.join(".", path));
    if (text.contains("--") || text.contains("://")) {
      report(RepositoryRule.FOREIGN_CODE, place, member + " is " + shown(text));
    } else if (!text.isBlank()) {
      report(RepositoryRule.CUSTOM_CODE, place, member + " is " + shown(text));
    }
  }

  private void shard(String tensor, String text, Location place) {
    String plain = text.replace('\\', '/');
    boolean isOutside =
        plain.startsWith("/")
            || plain.contains("://")
            || (plain.length() > 1 && plain.charAt(1) == ':')
            || plain.indexOf('\0') >= 0
            || List.of(plain.split("/", -1)).contains("..");
    if (isOutside) {
      report(
          RepositoryRule.OUTSIDE_PATH,
          place,
          "the shard of tensor " + shown(tensor) + " is " + shown(text));
    }
  }

  private void template(List<String> path, String text, Location place) {
    String last = path.getLast();
    if (last.equals("name") || (!text.contains("{") && text.endsWith(".jinja"))) {
      return;
    }
    TemplateJudge.judge(
        text,
        "chat template in \"" + Printable.of(String.join(".", path), 80) + "\"",
        TemplateJudge.Use.CHAT,
        place,
        inspection);
  }

  /// Hydra's `_target_`, and the same under other names with a dotted path as value.
  private static boolean isTarget(List<String> path, String name) {
    return !path.isEmpty()
        && path.getLast().equals(name)
        && (name.equals("_target_") || name.equals("__target__"));
  }

  private void target(String name, String text, Location place) {
    switch (Targets.judge(text)) {
      case HARMFUL ->
          report(RepositoryRule.HARMFUL_TARGET, place, shown(name) + " is " + shown(text));
      case UNKNOWN ->
          report(RepositoryRule.UNKNOWN_TARGET, place, shown(name) + " is " + shown(text));
      case INERT -> {}
    }
  }

  /// Such members name a class in some tools and anything in others.
  private static boolean isHarmfulPath(String text) {
    return DOTTED.matcher(text).matches() && Targets.judge(text) == Targets.Kind.HARMFUL;
  }

  /// MLflow imports the module that its description names, and calls it.
  private void loaderModule(String text, Location place) {
    if (Targets.judge(text + ".load") == Targets.Kind.HARMFUL) {
      report(RepositoryRule.HARMFUL_TARGET, place, "the loader module is " + shown(text));
    } else if (!text.startsWith("mlflow.")) {
      report(RepositoryRule.CUSTOM_CODE, place, "the loader module is " + shown(text));
    }
  }

  /// The parts of a model of sentence-transformers are imported by their names.
  private void module(String text, Location place) {
    if (Targets.judge(text) == Targets.Kind.HARMFUL) {
      report(RepositoryRule.HARMFUL_TARGET, place, "a module is " + shown(text));
    } else if (!text.startsWith("sentence_transformers.") && !text.startsWith("pylate.")) {
      report(RepositoryRule.CUSTOM_CODE, place, "a module is " + shown(text));
    }
  }

  private void secret(String name, String text, Location place) {
    String secret = Secrets.find(text);
    if (secret != null) {
      report(RepositoryRule.SECRET, place, shown(name) + " is " + secret);
    }
  }

  private void plain(String name, String text, Location place) {
    secret(name, text, place);
    if (text.contains("{{") || text.contains("{%")) {
      String label = "text in " + shown(name);
      TemplateJudge.judge(text, label, TemplateJudge.Use.TEXT, place, inspection);
    }
    if (text.length() > LONGEST_TEXT) {
      return;
    }
    MetadataText.@Nullable Suspicion suspicion = texts.judge(name.toLowerCase(Locale.ROOT), text);
    if (suspicion != null) {
      inspection.report(
          RepositoryRule.CODE_IN_TEXT.at(
              place, shown(name) + " " + suspicion.what(), suspicion.excerpt()));
    }
  }

  private void report(RepositoryRule rule, Location place, String message) {
    inspection.report(rule.at(place, message, ""));
  }

  private static String shown(String text) {
    return "\"" + Printable.of(text, 100) + "\"";
  }
}
