package dev.vidimus.lineage.derive;

import dev.vidimus.artifact.json.JsonValue;
import dev.vidimus.artifact.json.JsonValue.JsonNumber;
import dev.vidimus.artifact.json.JsonValue.JsonObject;
import dev.vidimus.lineage.tensors.Model;
import org.jspecify.annotations.Nullable;

/// How many attention heads a model has, by the source's configuration; only where there is none,
/// by what the converted file says of itself.
///
/// @param queries query heads; 0 if nobody says
/// @param keys key and value heads; 0 if nobody says
record Heads(int queries, int keys) {
  private static final int MOST = 1 << 16;

  static Heads of(Model source, Model child, String architecture) {
    JsonObject config = source.config();
    if (config != null && config.get("text_config") instanceof JsonObject text) {
      config = text;
    }
    int queries = number(config, "num_attention_heads", "n_head");
    int keys = number(config, "num_key_value_heads", "num_kv_heads", "n_head_kv");
    if (config != null && queries > 0 && keys == 0) {
      keys = isTrue(config, "multi_query") ? 1 : queries;
    }
    if (queries == 0) {
      queries = number(child, architecture + ".attention.head_count");
      keys = number(child, architecture + ".attention.head_count_kv");
      keys = keys == 0 ? queries : keys;
    }
    return new Heads(queries, keys);
  }

  private static boolean isTrue(JsonObject config, String name) {
    return config.get(name) instanceof JsonValue.JsonBoolean(boolean value) && value;
  }

  private static int number(@Nullable JsonObject config, String... names) {
    for (String name : names) {
      if (config != null && config.get(name) instanceof JsonNumber(String text)) {
        try {
          int value = Integer.parseInt(text);
          return value > 0 && value < MOST ? value : 0;
        } catch (NumberFormatException e) {
          return 0;
        }
      }
    }
    return 0;
  }

  private static int number(Model model, String key) {
    return model.metadata().get(key) instanceof Long value && value > 0 && value < MOST
        ? value.intValue()
        : 0;
  }
}
