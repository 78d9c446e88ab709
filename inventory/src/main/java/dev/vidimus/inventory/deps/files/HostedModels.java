package dev.vidimus.inventory.deps.files;

import dev.vidimus.artifact.Bytes;
import dev.vidimus.artifact.FormatException;
import dev.vidimus.artifact.Printable;
import dev.vidimus.inventory.version.Ecosystem;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Models that run at a provider and are asked over an API, as configurations of
/// [LiteLLM](https://docs.litellm.ai/docs/proxy/configs), [promptfoo](https://www.promptfoo.dev/)
/// and [Continue](https://docs.continue.dev/reference) name them.
final class HostedModels implements DependencyFile {
  private static final int LONGEST = 200;
  private static final Pattern NAMED =
      Pattern.compile(
          "(?:.*/)?(?:[^/]*litellm[^/]*\\.ya?ml|proxy_config\\.ya?ml|promptfooconfig\\.ya?ml"
              + "|\\.continue/(?:.*/)?config\\.(?:ya?ml|json))");

  /// How providers write a version that stays what it is: a date, or a number behind the name.
  private static final Pattern DATED =
      Pattern.compile(
          ".*[-@]((?:20[0-9]{2}-?[0-9]{2}-?[0-9]{2}|[0-9]{4}|00[0-9])(?:-v[0-9]+(?::[0-9]+)?)?)");

  @Override
  public boolean isNamed(String path) {
    return NAMED.matcher(path.toLowerCase(Locale.ROOT)).matches();
  }

  @Override
  public Listing read(Bytes bytes, String source) throws IOException, FormatException {
    return read(YamlTexts.read(bytes, source));
  }

  /// Whether a file of another name is one of these.
  static boolean isOf(YamlTexts texts) {
    return texts.groups("model_list").values().stream()
        .anyMatch(one -> one.containsKey("litellm_params.model"));
  }

  static Listing read(YamlTexts texts) {
    List<Dependency> models = new ArrayList<>();
    for (Map<String, String> one : texts.groups("model_list").values()) {
      String base = one.getOrDefault("litellm_params.api_base", "");
      add(models, one.getOrDefault("litellm_params.model", ""), base);
    }
    for (Map<String, String> one : texts.groups("models").values()) {
      String provider = one.getOrDefault("provider", "");
      String model = one.getOrDefault("model", "");
      add(
          models,
          provider.isEmpty() ? model : provider + "/" + model,
          one.getOrDefault("apiBase", ""));
    }
    for (YamlTexts.Entry entry : texts.all()) {
      int depth = entry.path().size();
      boolean isProvider =
          (entry.at(0).equals("providers") || entry.at(0).equals("targets"))
              && (depth == 2 || (depth == 3 && entry.key().equals("id")));
      if (isProvider) {
        provider(models, entry.text());
      }
    }
    return new Listing(Listing.HOSTED_MODELS, false, models, List.of(), List.of(), List.of());
  }

  /// promptfoo's `openai:chat:gpt-4o`; scripts and addresses are no models.
  private static void provider(List<Dependency> models, String text) {
    String[] words = text.strip().split(":", -1);
    boolean isModel = words.length > 1 && words[0].matches("[a-z][a-z0-9_.-]*");
    if (isModel
        && !List.of("file", "exec", "python", "http", "https", "webhook").contains(words[0])) {
      boolean isAddressed =
          words.length > 2
              && List.of("chat", "completion", "responses", "messages").contains(words[1]);
      int from = words[0].length() + 1 + (isAddressed ? words[1].length() + 1 : 0);
      add(models, words[0] + "/" + text.strip().substring(from), "");
    }
  }

  private static void add(List<Dependency> models, String named, String base) {
    String name = Printable.of(named.strip(), LONGEST);
    if (name.isEmpty() || name.endsWith("/")) {
      return;
    }
    Matcher dated = DATED.matcher(name);
    Dependency one =
        Dependency.of(Ecosystem.GENERIC, name, dated.matches() ? dated.group(1) : "").wanting(name);
    models.add(base.isBlank() ? one : one.from(new Origin(Origin.Kind.URL, base.strip(), "")));
  }
}
