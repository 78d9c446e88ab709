package dev.vidimus.lineage.derive;

import dev.vidimus.lineage.tensors.Model;
import dev.vidimus.lineage.tensors.Tensor;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// How deep in a model a tensor stands, as recipes of mergekit count it: from 0 for the first layer
/// to 1 for the last; embeddings before the first are 0, norms and heads after the last are 1.
///
/// @param layers how many layers the model has
record Depth(int layers) {
  private static final Pattern NUMBERED = Pattern.compile("[^0-9]*?\\.(\\d{1,6})\\..+");
  private static final List<String> BEFORE =
      List.of("embed_tokens", "embed_in", "embeddings", "wte", "wpe", "embed_positions");

  static Depth of(Model model) {
    int most = -1;
    for (Tensor tensor : model.tensors()) {
      most = Math.max(most, layer(tensor.name()));
    }
    return new Depth(most + 1);
  }

  private static int layer(String name) {
    Matcher matcher = NUMBERED.matcher(name);
    return matcher.matches() ? Integer.parseInt(matcher.group(1)) : -1;
  }

  double of(String tensor) {
    int layer = layer(tensor);
    if (layer >= 0) {
      return layers <= 1 ? 1 : Math.min(1, (double) layer / (layers - 1));
    }
    return BEFORE.stream().anyMatch(tensor::contains) ? 0 : 1;
  }
}
