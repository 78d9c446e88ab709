package dev.vidimus.lineage.derive;

import dev.vidimus.artifact.json.JsonValue;
import dev.vidimus.artifact.json.JsonValue.JsonArray;
import dev.vidimus.artifact.json.JsonValue.JsonBoolean;
import dev.vidimus.artifact.json.JsonValue.JsonNull;
import dev.vidimus.artifact.json.JsonValue.JsonNumber;
import dev.vidimus.artifact.json.JsonValue.JsonObject;
import dev.vidimus.artifact.json.JsonValue.JsonString;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What the `adapter_config.json` of PEFT says of an adapter. All of it is declared.
///
/// @param object as it was read
public record AdapterConfig(JsonObject object) {
  /// Members that change how a LoRA is added to its base; set, they make another formula.
  private static final Set<String> OTHER_FORMULAS =
      Set.of(
          "layer_replication",
          "target_parameters",
          "use_qalora",
          "use_bdlora",
          "kasa_config",
          "arrow_config",
          "velora_config",
          "monteclora_config");

  private static final Pattern LITERAL = Pattern.compile("\\^?[\\w.\\-]+\\$?");

  /// Which method: `LORA`, `IA3` and so on; empty if it does not say.
  public String type() {
    String type = object.string("peft_type");
    return type == null ? "" : type.toUpperCase(Locale.ROOT);
  }

  /// The base that it was trained on, or empty.
  public String base() {
    String base = object.string("base_model_name_or_path");
    return base == null ? "" : base;
  }

  /// Why a merge of this adapter cannot be recomputed; empty if it can.
  public String obstacle() {
    if (!type().equals("LORA")) {
      return type().isEmpty() ? "no peft_type" : "adapters of type " + type();
    }
    for (String name : OTHER_FORMULAS) {
      JsonValue value = object.get(name);
      boolean isUnset =
          value == null
              || value instanceof JsonNull
              || (value instanceof JsonBoolean(boolean set) && !set)
              || (value instanceof JsonArray array && array.elements().isEmpty())
              || (value instanceof JsonObject members && members.members().isEmpty());
      if (!isUnset) {
        return "LoRA with " + name;
      }
    }
    if (isTrue("use_dora") && isTrue("fan_in_fan_out")) {
      return "DoRA with fan_in_fan_out";
    }
    for (String pattern : List.of("rank_pattern", "alpha_pattern")) {
      if (object.get(pattern) instanceof JsonObject members
          && !members.members().keySet().stream().allMatch(AdapterConfig::isLiteral)) {
        return pattern + " with regular expressions";
      }
    }
    return "";
  }

  private static boolean isLiteral(String pattern) {
    return LITERAL.matcher(pattern).matches();
  }

  /// Whether a member is true.
  boolean isTrue(String name) {
    return object.get(name) instanceof JsonBoolean(boolean value) && value;
  }

  /// The factor of the product for any module without patterns of its own, or null if rank or alpha
  /// make no sense.
  public @Nullable Double scale() {
    return scale("");
  }

  /// The factor of the product for one module, or null if rank or alpha make no sense.
  @Nullable Double scale(String module) {
    Double rank = number("r", "rank_pattern", module);
    Double alpha = number("lora_alpha", "alpha_pattern", module);
    if (rank == null || alpha == null || !(rank >= 1) || !Double.isFinite(alpha)) {
      return null;
    }
    return isTrue("use_rslora") ? alpha / Math.sqrt(rank) : alpha / rank;
  }

  private @Nullable Double number(String name, String patterns, String module) {
    if (object.get(patterns) instanceof JsonObject members) {
      for (Map.Entry<String, JsonValue> entry : members.members().entrySet()) {
        String key = entry.getKey().replaceAll("^\\^|\\$$", "");
        boolean isAnchored = entry.getKey().startsWith("^");
        if (module.equals(key) || (!isAnchored && module.endsWith("." + key))) {
          return finite(entry.getValue());
        }
      }
    }
    JsonValue value = object.get(name);
    return value == null ? null : finite(value);
  }

  private static @Nullable Double finite(JsonValue value) {
    if (!(value instanceof JsonNumber(String text))) {
      return null;
    }
    double number = Double.parseDouble(text);
    return Double.isFinite(number) ? number : null;
  }

  /// Modules that it says it touches; empty if it says so by a pattern.
  List<String> targets() {
    List<String> targets = new ArrayList<>();
    if (object.get("target_modules") instanceof JsonArray array) {
      for (JsonValue value : array.elements()) {
        if (value instanceof JsonString(String text)) {
          targets.add(text);
        }
      }
    }
    return targets;
  }
}
