package dev.vidimus.lineage.derive;

import dev.vidimus.artifact.json.JsonValue.JsonBoolean;
import dev.vidimus.artifact.json.JsonValue.JsonObject;
import dev.vidimus.lineage.tensors.Model;
import dev.vidimus.lineage.tensors.Tensor;
import dev.vidimus.lineage.tensors.TensorData;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Tensors of two checkpoints with the same names, and those without a counterpart.
///
/// Tied weights may be stored once or twice: a head that is bit equal to the embeddings of its own
/// file says nothing that the file without it does not say.
///
/// @param common in the order of the child
/// @param extra tensors of the child alone
/// @param missing tensors of the source alone
/// @param broken heads of the child that ought to be tied, and differ from their embeddings
record Pairs(List<Pair> common, List<Tensor> extra, List<Tensor> missing, List<Tensor> broken) {
  private static final List<String> HEADS =
      List.of(
          "lm_head.weight",
          "output.weight",
          "embed_out.weight",
          "transformer.lm_head.weight",
          "cls.predictions.decoder.weight",
          "lm_head.decoder.weight",
          "encoder.embed_tokens.weight",
          "decoder.embed_tokens.weight",
          "model.encoder.embed_tokens.weight",
          "model.decoder.embed_tokens.weight");
  private static final List<String> EMBEDDINGS =
      List.of(
          "embed_tokens.weight",
          "wte.weight",
          "word_embeddings.weight",
          "embed_in.weight",
          "token_embd.weight",
          "shared.weight",
          "embeddings.weight");

  /// Two tensors of one name.
  record Pair(Tensor child, Tensor source) {}

  static Pairs of(Model child, Model source) throws IOException {
    List<Pair> common = new ArrayList<>();
    List<Tensor> extra = new ArrayList<>();
    List<Tensor> missing = new ArrayList<>();
    List<Tensor> broken = new ArrayList<>();
    Boolean tied = tied(child.config());
    tied = tied == null ? tied(source.config()) : tied;
    for (Tensor tensor : child.tensors()) {
      Tensor other = source.tensor(tensor.name());
      if (other != null) {
        common.add(new Pair(tensor, other));
        continue;
      }
      Tensor embeddings = HEADS.contains(tensor.name()) ? embeddings(child, tensor) : null;
      if (embeddings == null) {
        extra.add(tensor);
      } else if (!equal(tensor, embeddings)) {
        (Boolean.FALSE.equals(tied) ? extra : broken).add(tensor);
      }
    }
    for (Tensor tensor : source.tensors()) {
      if (child.tensor(tensor.name()) == null) {
        Tensor embeddings = HEADS.contains(tensor.name()) ? embeddings(source, tensor) : null;
        if (embeddings == null || !equal(tensor, embeddings)) {
          missing.add(tensor);
        }
      }
    }
    return new Pairs(common, extra, missing, broken);
  }

  /// Tells the judgement of everything but the common tensors.
  void judge(Judgement judgement) {
    broken.forEach(
        tensor ->
            judgement.against(
                Reason.TIE_BROKEN, tensor.name(), "differs from the embeddings it is tied to"));
    extra.forEach(
        tensor -> judgement.against(Reason.TENSOR_EXTRA, tensor.name(), "is not in the source"));
    missing.forEach(
        tensor -> judgement.against(Reason.TENSOR_MISSING, tensor.name(), "is in the source only"));
  }

  /// Whether a configuration ties the head to the embeddings; null if it says nothing.
  static @Nullable Boolean tied(@Nullable JsonObject config) {
    return (config != null
            && config.get("tie_word_embeddings") instanceof JsonBoolean(boolean tied))
        ? tied
        : null;
  }

  private static @Nullable Tensor embeddings(Model model, Tensor head) {
    for (Tensor tensor : model.tensors()) {
      for (String name : EMBEDDINGS) {
        if ((tensor.name().equals(name) || tensor.name().endsWith("." + name))
            && !HEADS.contains(tensor.name())
            && tensor.shape().equals(head.shape())) {
          return tensor;
        }
      }
    }
    return null;
  }

  /// Whether two tensors are of one type and shape and bit equal.
  static boolean equal(Tensor a, Tensor b) throws IOException {
    if (a.type() != b.type() || !a.shape().equals(b.shape())) {
      return false;
    }
    TensorData.Window left = new TensorData.Window();
    TensorData.Window right = new TensorData.Window();
    int step = 1 << 22;
    for (long at = 0; at < a.data().size(); at += step) {
      int length = (int) Math.min(step, a.data().size() - at);
      MemorySegment one = a.data().part(at, length, left);
      if (one.mismatch(b.data().part(at, length, right)) >= 0) {
        return false;
      }
    }
    return true;
  }
}
