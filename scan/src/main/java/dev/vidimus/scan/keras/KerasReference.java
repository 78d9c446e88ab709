package dev.vidimus.scan.keras;

import dev.vidimus.artifact.Printable;
import dev.vidimus.artifact.Rule;
import dev.vidimus.scan.graph.Operators;
import dev.vidimus.scan.pickle.Threats;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A class or function that a configuration names, which a loader looks up or imports.
///
/// @param module to import it from; null in configurations of Keras 2
/// @param name of the class or function
/// @param registered the name under which a program registered it; null if it did not
record KerasReference(@Nullable String module, String name, @Nullable String registered) {
  /// Packages that Keras brings along, or that belong to it.
  private static final Set<String> OWN_PACKAGES =
      Set.of("keras", "tf_keras", "keras_core", "keras_nlp", "keras_hub", "keras_cv");

  /// What these packages offer by name and no model needs: they fetch, load or switch off.
  private static final Set<String> GADGETS =
      Set.of(
          "get_file",
          "load_model",
          "load_weights",
          "save_model",
          "save_weights",
          "load_img",
          "save_img",
          "load_data",
          "extract_archive",
          "_extract_archive",
          "model_from_json",
          "model_from_config",
          "model_from_yaml",
          "deserialize_keras_object",
          "func_load",
          "enable_unsafe_deserialization",
          "image_dataset_from_directory",
          "text_dataset_from_directory",
          "audio_dataset_from_directory",
          "plot_model",
          "model_to_dot",
          "run_script",
          "set_floatx",
          "set_backend");

  /// Layers that open a model of another kind.
  private static final Set<String> WRAPPERS =
      Set.of("TorchModuleWrapper", "TFSMLayer", "FlaxLayer", "JaxLayer");

  private static final Set<String> PLAIN_BUILTINS =
      Set.of(
          "int",
          "float",
          "str",
          "bool",
          "bytes",
          "list",
          "tuple",
          "dict",
          "set",
          "frozenset",
          "complex",
          "slice",
          "range",
          "NoneType",
          "ellipsis",
          "function");

  private static final Set<String> PLAIN_NUMPY_MODULES = Set.of("numpy", "ml_dtypes", "jax.numpy");

  private static final int SHOWN = 100;

  /// @param why completes the sentence that begins with the reference
  record Judgement(Rule rule, String why) {}

  String shown() {
    return Printable.of(module == null ? name : module + "." + name, SHOWN);
  }

  /// Null if nothing speaks against the reference.
  @Nullable Judgement judge() {
    if (WRAPPERS.contains(name)) {
      return new Judgement(KerasRule.WRAPPED_MODEL, "loads a model of another framework");
    }
    String last = name.substring(name.lastIndexOf('.') + 1);
    if (GADGETS.contains(last)) {
      return new Judgement(KerasRule.DANGEROUS_REFERENCE, "fetches, loads or switches safety off");
    }
    if (module == null) {
      return registeredElsewhere();
    }
    String danger = Threats.of(module, name);
    if (danger != null) {
      return new Judgement(KerasRule.DANGEROUS_REFERENCE, danger);
    }
    String top = top(module);
    if (OWN_PACKAGES.contains(top)) {
      return registeredElsewhere();
    }
    if (top.equals("tensorflow")) {
      return Operators.isHarmfulFunction(module.substring(top.length()) + "." + name)
          ? new Judgement(KerasRule.DANGEROUS_REFERENCE, "reads or writes files, or runs code")
          : registeredElsewhere();
    }
    boolean isPlain =
        (module.equals("builtins") && PLAIN_BUILTINS.contains(name))
            || PLAIN_NUMPY_MODULES.contains(module);
    if (isPlain) {
      return registeredElsewhere();
    }
    return new Judgement(KerasRule.CUSTOM_OBJECT, "is not a part of Keras");
  }

  /// Names are registered as `package>name`.
  private @Nullable Judgement registeredElsewhere() {
    String key = registered == null ? name : registered;
    int mark = key.indexOf('>');
    if (mark < 0 || OWN_PACKAGES.contains(top(key.substring(0, mark)))) {
      return null;
    }
    return new Judgement(KerasRule.CUSTOM_OBJECT, "is registered as " + Printable.of(key, SHOWN));
  }

  private static String top(String module) {
    int dot = module.indexOf('.');
    return dot < 0 ? module : module.substring(0, dot);
  }
}
