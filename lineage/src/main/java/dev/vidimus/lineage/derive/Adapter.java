package dev.vidimus.lineage.derive;

import dev.vidimus.lineage.tensors.Model;
import dev.vidimus.lineage.tensors.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The tensors of a PEFT adapter by the modules that they change.
///
/// @param modules low-rank changes, by the base's module
/// @param copies whole tensors that replace those of the base, by the base's names
/// @param unknown tensors that are neither
record Adapter(Map<String, Module> modules, Map<String, Tensor> copies, List<String> unknown) {
  private static final String PREFIX = "base_model.model.";

  /// What changes one module.
  ///
  /// @param down `lora_A`, rank by inputs
  /// @param up `lora_B`, outputs by rank
  /// @param embedding whether the product is added transposed, as for embeddings
  /// @param magnitude of DoRA, or null
  record Module(
      @Nullable Tensor down, @Nullable Tensor up, boolean embedding, @Nullable Tensor magnitude) {}

  static Adapter of(Model model) {
    Map<String, Tensor[]> found = new LinkedHashMap<>();
    Map<String, Tensor> copies = new LinkedHashMap<>();
    List<String> unknown = new ArrayList<>();
    for (Tensor tensor : model.tensors()) {
      String name = tensor.name();
      name = name.startsWith(PREFIX) ? name.substring(PREFIX.length()) : name;
      name = name.replace(".default", "").replace(".modules_to_save.", ".");
      int part = part(name);
      if (part >= 0) {
        found.computeIfAbsent(module(name), module -> new Tensor[5])[part] = tensor;
      } else if (name.contains("lora_") || name.contains("adapter")) {
        unknown.add(tensor.name());
      } else {
        copies.put(name.replace(".base_layer.", "."), tensor);
      }
    }
    Map<String, Module> modules = new LinkedHashMap<>();
    found.forEach(
        (module, parts) -> {
          boolean embedding = parts[2] != null || parts[3] != null;
          modules.put(
              module,
              new Module(
                  embedding ? parts[2] : parts[0],
                  embedding ? parts[3] : parts[1],
                  embedding,
                  parts[4]));
        });
    return new Adapter(modules, copies, unknown);
  }

  private static int part(String name) {
    if (name.endsWith(".lora_A.weight")) {
      return 0;
    }
    if (name.endsWith(".lora_B.weight")) {
      return 1;
    }
    if (name.endsWith(".lora_embedding_A")) {
      return 2;
    }
    if (name.endsWith(".lora_embedding_B")) {
      return 3;
    }
    return name.endsWith(".lora_magnitude_vector") || name.endsWith(".lora_magnitude_vector.weight")
        ? 4
        : -1;
  }

  private static String module(String name) {
    return name.substring(0, name.lastIndexOf(".lora_"));
  }
}
