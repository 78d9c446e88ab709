package dev.vidimus.scan.repository;

import dev.vidimus.artifact.Location;
import dev.vidimus.artifact.json.JsonReader;
import dev.vidimus.scan.inspection.Inspection;
import dev.vidimus.scan.inspection.Reference;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// What the members of a configuration refer to: code, files, shards and models.
final class ConfigReferences implements JsonWalk.Visitor {
  /// Members that name a model which loaders fetch besides the one at hand.
  private static final Set<String> LOADED_MODELS =
      Set.of(
          "base_model_name_or_path",
          "mm_vision_tower",
          "vision_tower",
          "audio_tower",
          "draft_model",
          "speculative_model",
          "text_encoder_name_or_path",
          "vision_encoder_name_or_path",
          "llm_name_or_path",
          "processor_name_or_path",
          "pretrained_model_name_or_path");

  /// Members that tell where a model came from; no loader follows them.
  private static final Set<String> ORIGINS =
      Set.of("_name_or_path", "name_or_path", "base_model", "tokenizer_name_or_path");

  private final String file;
  private final Location location;
  private final Inspection inspection;
  private final Set<String> shards = new HashSet<>();

  /// @param file base name in lower case
  ConfigReferences(String file, Location location, Inspection inspection) {
    this.file = file;
    this.location = location;
    this.inspection = inspection;
  }

  @Override
  public void text(List<String> path, String text, long at) {
    if (path.isEmpty()) {
      return;
    }
    String last = path.getLast();
    String member = String.join(".", path);
    if (path.contains("auto_map")) {
      refer(Reference.Kind.CODE, text, member);
    } else if (path.getFirst().equals("weight_map")) {
      if (shards.add(text)) {
        refer(Reference.Kind.SHARD, text, "weight_map");
      }
    } else if (path.contains("custom_pipelines") && last.equals("impl")) {
      refer(Reference.Kind.CODE, text, member);
    } else if (last.startsWith("custom_pipeline")) {
      refer(text.contains("/") ? Reference.Kind.FETCH : Reference.Kind.CODE, text, member);
    } else if (file.equals("model_index.json")) {
      component(path, text);
    } else if (file.equals("modules.json")) {
      module(last, text);
    } else if (last.equals("_target_") || last.equals("__target__")) {
      refer(Reference.Kind.CODE, text, member);
    } else if (LOADED_MODELS.contains(last)) {
      refer(Reference.Kind.MODEL, text, "loads " + last);
    } else if (ORIGINS.contains(last)) {
      refer(Reference.Kind.MODEL, text, last);
    } else if (last.equals("license") && path.size() == 1) {
      refer(Reference.Kind.LICENCE, text, last);
    } else if (last.equals("chat_template") && isFile(text)) {
      refer(Reference.Kind.FILE, text, last);
    }
  }

  /// `"unet": ["diffusers", "UNet2DConditionModel"]`: a folder of that name.
  private void component(List<String> path, String text) {
    String name = path.getFirst();
    if (path.size() != 2 || !path.getLast().equals("0")) {
      return;
    }
    if (!name.startsWith("_")) {
      refer(Reference.Kind.FOLDER, name, "model_index." + name);
    }
    if (Pipelines.isCustom(path, text)) {
      String module = name.startsWith("_") ? text : name + "." + text;
      refer(Reference.Kind.CODE, module + ".*", "model_index." + name);
    }
  }

  /// A module of sentence-transformers: a type, and the folder of its settings.
  private void module(String member, String text) {
    if (member.equals("path")) {
      refer(Reference.Kind.FOLDER, text, "modules.path");
    } else if (member.equals("type")) {
      refer(Reference.Kind.CODE, text, "modules.type");
    }
  }

  private static boolean isFile(String text) {
    return text.endsWith(".jinja") && !text.contains("{") && !text.contains("\n");
  }

  @Override
  public void other(List<String> path, JsonReader.Kind kind, boolean value, long at) {
    // Only texts refer to anything.
  }

  private void refer(Reference.Kind kind, String target, String by) {
    inspection.refer(kind, target, by, location);
  }
}
