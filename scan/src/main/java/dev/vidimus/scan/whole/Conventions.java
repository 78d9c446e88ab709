package dev.vidimus.scan.whole;

import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What loaders look for by name, beside the file that they were given.
final class Conventions {
  /// Code that programs run because of its name alone, and which programs.
  enum Runner {
    ENDPOINT("handler.py", "Inference Endpoints, by its name"),
    PIPELINE("pipeline.py", "diffusers as a custom pipeline, by its name"),
    GENERATE("custom_generate/generate.py", "transformers with trust_remote_code, by its name"),
    SETUP("setup.py", "pip, to install the repository");

    private final String path;
    private final String who;

    Runner(String path, String who) {
      this.path = path;
      this.who = who;
    }

    /// The program that runs it.
    String who() {
      return who;
    }

    String path() {
      return path;
    }
  }

  private static final Set<String> WEIGHT_STEMS =
      Set.of(
          "model",
          "pytorch_model",
          "tf_model",
          "flax_model",
          "diffusion_pytorch_model",
          "open_clip_pytorch_model",
          "consolidated",
          "diffusion_flax_model");

  private Conventions() {}

  /// Whether loaders that are given one file read the other, of the same folder.
  static boolean loads(Part from, Part to, Role role) {
    String name = from.name().toLowerCase(Locale.ROOT);
    String other = to.name().toLowerCase(Locale.ROOT);
    return switch (name) {
      case "config.json", "open_clip_config.json" ->
          role == Role.INDEX
              || role == Role.PROCESSOR
              || (role == Role.WEIGHTS && isModel(other))
              || other.equals("generation_config.json");
      case "tokenizer_config.json" ->
          (role == Role.TOKENIZER && !other.equals(name)) || other.equals("chat_template.jinja");
      case "adapter_config.json" -> role == Role.ADAPTER;
      default -> false;
    };
  }

  private static boolean isModel(String name) {
    String stem = name.substring(0, Math.max(0, name.indexOf('.')));
    return WEIGHT_STEMS.contains(stem);
  }

  /// Who runs a file of code because of its name; null if nobody does.
  static @Nullable Runner runner(Part part) {
    for (Runner runner : Runner.values()) {
      if (part.path().equals(runner.path())) {
        return runner;
      }
    }
    return null;
  }

  /// The loader that acts upon a member of a configuration by running code.
  static String loader(String by) {
    if (by.startsWith("model_index") || by.startsWith("custom_pipeline")) {
      return by.startsWith("custom_pipelines.")
          ? "transformers with trust_remote_code"
          : "diffusers with trust_remote_code";
    }
    if (by.startsWith("modules.")) {
      return "sentence-transformers with trust_remote_code";
    }
    return by.endsWith("_target_") || by.endsWith("__target__")
        ? "Hydra and what builds on it"
        : "transformers with trust_remote_code";
  }
}
