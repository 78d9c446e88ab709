package dev.vidimus.lineage.derive;

import dev.vidimus.artifact.Digest;
import dev.vidimus.lineage.tensors.Model;
import dev.vidimus.lineage.tensors.Tensor;
import dev.vidimus.lineage.tensors.TensorDigests;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Whole layers of one or several parents under new numbers, each bit equal: layers that were
/// dropped, and merges by `passthrough`. Which layer is which is found by digests; what stands
/// outside of layers must be equal to that of some parent.
final class LayerStack {
  static final String WORD = "drop-layers";

  private static final Pattern NUMBERED = Pattern.compile("([^0-9]*?\\.)(\\d{1,6})(\\..+)");

  private LayerStack() {}

  /// A layer: the digests of its tensors by what follows the number.
  private record Layer(Model model, int number, Map<String, Digest> parts) {}

  static Outcome check(Claim claim, String word, Reason proved) throws IOException {
    Judgement judgement = new Judgement(word, claim.child());
    judgement.read(claim.bytes());
    Map<String, List<Digest>> outside = new HashMap<>();
    List<Layer> sources = new ArrayList<>();
    for (Model parent : claim.parents()) {
      sources.addAll(layers(parent, outside).values());
    }
    Map<String, List<Digest>> own = new LinkedHashMap<>();
    Map<Integer, Layer> layers = layers(claim.child(), own);
    own.forEach(
        (name, digests) -> {
          List<Digest> known = outside.get(name);
          if (known == null) {
            judgement.against(Reason.TENSOR_EXTRA, name, "is in no parent");
          } else if (!known.contains(digests.getFirst())) {
            judgement.against(Reason.TENSOR_VALUE, name, "is that of no parent");
          }
        });
    for (String name : outside.keySet()) {
      if (!own.containsKey(name)) {
        judgement.against(Reason.TENSOR_MISSING, name, "every parent has it");
      }
    }
    List<String> found = new ArrayList<>();
    int before = -1;
    for (Layer layer : layers.values()) {
      Layer source = nearest(layer, sources);
      if (source == null) {
        judgement.against(Reason.TENSOR_EXTRA, name(layer, ""), "a layer of no parent");
        continue;
      }
      found.add(claim.parents().indexOf(source.model()) + ":" + source.number());
      compare(layer, source, judgement);
      if (claim.parents().size() == 1 && source.number() <= before) {
        judgement.against(Reason.TENSOR_NAME, name(layer, ""), "layers stand in another order");
      }
      before = source.number();
    }
    judgement.parameter("layers", found);
    List<Double> kept = claim.parameters().numbers("kept");
    if (kept != null && !numbers(kept).equals(found)) {
      judgement.against(Reason.TENSOR_NAME, Outcome.ALL_MATRICES, "other layers than claimed");
    }
    return judgement.outcome(proved);
  }

  private static List<String> numbers(List<Double> kept) {
    return kept.stream().map(number -> "0:" + number.intValue()).toList();
  }

  private static void compare(Layer layer, Layer source, Judgement judgement) {
    layer
        .parts()
        .forEach(
            (part, digest) -> {
              Digest wanted = source.parts().get(part);
              if (wanted == null) {
                judgement.against(Reason.TENSOR_EXTRA, name(layer, part), "is not in the parent");
              } else if (!wanted.equals(digest)) {
                judgement.against(
                    Reason.TENSOR_VALUE,
                    name(layer, part),
                    "differs from layer " + source.number());
              }
            });
    for (String part : source.parts().keySet()) {
      if (!layer.parts().containsKey(part)) {
        judgement.against(Reason.TENSOR_MISSING, name(layer, part), "the parent's layer has it");
      }
    }
  }

  private static String name(Layer layer, String part) {
    for (Tensor tensor : layer.model().tensors()) {
      Matcher matcher = NUMBERED.matcher(tensor.name());
      if (matcher.matches() && Integer.parseInt(matcher.group(2)) == layer.number()) {
        return matcher.group(1) + layer.number() + part;
      }
    }
    return layer.number() + part;
  }

  /// The source with the most equal tensors; null if none has any.
  private static @Nullable Layer nearest(Layer layer, List<Layer> sources) {
    Layer nearest = null;
    int most = 0;
    for (Layer source : sources) {
      int equal = 0;
      for (Map.Entry<String, Digest> part : layer.parts().entrySet()) {
        Digest other = source.parts().get(part.getKey());
        equal += other != null && other.equals(part.getValue()) ? 1 : 0;
      }
      if (equal > most) {
        most = equal;
        nearest = source;
      }
    }
    return nearest;
  }

  private static Map<Integer, Layer> layers(Model model, Map<String, List<Digest>> outside)
      throws IOException {
    TreeMap<Integer, Layer> layers = new TreeMap<>();
    List<Tensor> tensors = List.copyOf(model.tensors());
    List<Digest> digests = TensorDigests.digests(tensors);
    for (int i = 0; i < tensors.size(); i++) {
      Matcher matcher = NUMBERED.matcher(tensors.get(i).name());
      if (matcher.matches()) {
        int number = Integer.parseInt(matcher.group(2));
        layers
            .computeIfAbsent(number, n -> new Layer(model, n, new LinkedHashMap<>()))
            .parts()
            .put(matcher.group(3), digests.get(i));
      } else {
        outside
            .computeIfAbsent(tensors.get(i).name(), name -> new ArrayList<>())
            .add(digests.get(i));
      }
    }
    return layers;
  }
}
