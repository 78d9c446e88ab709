package dev.vidimus.lineage.derive;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What `convert_hf_to_gguf.py` calls the tensors of a Hugging Face checkpoint, and what it does to
/// them, for the architectures listed in [#knows].
final class GgufNames {
  private static final Set<String> LIKE_LLAMA =
      Set.of("llama", "mistral", "granite", "olmo", "minicpm", "arcee", "smollm3");
  private static final Set<String> PLAIN =
      Set.of(
          "qwen2",
          "qwen2moe",
          "qwen3",
          "qwen3moe",
          "phi3",
          "starcoder2",
          "stablelm",
          "olmo2",
          "olmoe",
          "command-r",
          "exaone",
          "orion",
          "phi2",
          "bert",
          "gpt2",
          "gptneox",
          "falcon",
          "bloom",
          "mamba",
          "starcoder");
  private static final Set<String> SHIFTED = Set.of("gemma", "gemma2", "gemma3", "nemotron");

  private static final Pattern BLOCK =
      Pattern.compile(
          "(?:(?:model|transformer|gpt_neox|bert|roberta|backbone|language_model\\.model|"
              + "model\\.language_model|model\\.decoder)\\.)?"
              + "(?:layers|h|encoder\\.layer|blocks)\\.(\\d{1,4})\\.(.+)");
  private static final Pattern EXPERT =
      Pattern.compile("(?:block_sparse_moe|mlp)\\.experts\\.(\\d{1,4})\\.(\\w+)\\.weight");
  private static final Pattern SKIPPED =
      Pattern.compile(
          ".*rotary_emb\\.inv_freq|.*\\.attn\\.masked_bias|.*\\.attention\\.masked_bias|"
              + "(?:transformer\\.)?h\\.\\d+\\.attn\\.bias|gpt_neox\\.layers\\.\\d+\\.attention\\.bias|"
              + "(?:bert\\.)?embeddings\\.position_ids|(?:bert\\.)?pooler\\..*|cls\\..*|"
              + "(?:model\\.)?vision_tower\\..*|(?:model\\.)?multi_modal_projector\\..*|visual\\..*");

  private static final Map<String, String> TOP = new HashMap<>();
  private static final Map<String, String> PARTS = new HashMap<>();
  private static final Map<String, String> EXPERTS =
      Map.of(
          "w1", "ffn_gate_exps",
          "w2", "ffn_down_exps",
          "w3", "ffn_up_exps",
          "gate_proj", "ffn_gate_exps",
          "down_proj", "ffn_down_exps",
          "up_proj", "ffn_up_exps");

  static {
    top("token_embd", "embed_tokens", "wte", "embed_in", "word_embeddings", "embeddings");
    top("token_embd", "embeddings.word_embeddings", "embedding", "decoder.embed_tokens");
    top("token_embd_norm", "word_embeddings_layernorm", "embeddings.LayerNorm");
    top("token_types", "embeddings.token_type_embeddings");
    top("position_embd", "wpe", "embeddings.position_embeddings");
    top("output_norm", "norm", "ln_f", "final_layer_norm", "norm_f", "final_layernorm");
    top("output", "lm_head", "embed_out");
    part("attn_norm", "input_layernorm", "ln_1", "ln_attn", "norm");
    part("attn_norm_2", "ln_mlp");
    part("attn_q", "self_attn.q_proj", "attention.self.query");
    part("attn_k", "self_attn.k_proj", "attention.self.key");
    part("attn_v", "self_attn.v_proj", "attention.self.value");
    part("attn_output", "self_attn.o_proj", "self_attn.dense", "attn.c_proj", "attention.dense");
    part("attn_output", "self_attention.dense", "attention.output.dense", "self_attn.out_proj");
    part("attn_qkv", "self_attn.qkv_proj", "attn.c_attn", "attention.query_key_value");
    part("attn_qkv", "self_attention.query_key_value");
    part("attn_q_norm", "self_attn.q_norm", "self_attn.q_layernorm");
    part("attn_k_norm", "self_attn.k_norm", "self_attn.k_layernorm");
    part("attn_output_norm", "attention.output.LayerNorm");
    part("layer_output_norm", "output.LayerNorm");
    part("ffn_norm", "post_attention_layernorm", "ln_2");
    part("ffn_gate", "mlp.gate_proj");
    part("ffn_up", "mlp.up_proj", "mlp.c_fc", "mlp.dense_h_to_4h", "mlp.fc1");
    part("ffn_up", "intermediate.dense", "mlp.gate_up_proj");
    part("ffn_down", "mlp.down_proj", "mlp.c_proj", "mlp.dense_4h_to_h", "mlp.fc2");
    part("ffn_down", "output.dense");
    part("ffn_gate_inp", "block_sparse_moe.gate", "mlp.gate");
    part("ffn_gate_shexp", "mlp.shared_expert.gate_proj");
    part("ffn_up_shexp", "mlp.shared_expert.up_proj");
    part("ffn_down_shexp", "mlp.shared_expert.down_proj");
    part("ffn_gate_inp_shexp", "mlp.shared_expert_gate");
    part("ssm_in", "mixer.in_proj");
    part("ssm_conv1d", "mixer.conv1d");
    part("ssm_x", "mixer.x_proj");
    part("ssm_dt", "mixer.dt_proj");
    part("ssm_out", "mixer.out_proj");
  }

  private final String architecture;

  GgufNames(String architecture) {
    this.architecture = architecture;
  }

  private static void top(String to, String... from) {
    for (String name : from) {
      TOP.put(name, to);
    }
  }

  private static void part(String to, String... from) {
    for (String name : from) {
      PARTS.put(name, to);
    }
  }

  /// What the converter does to a tensor.
  enum Change {
    NONE,
    /// Rows of query heads from half-split to interleaved rotary order.
    QUERY,
    /// The same for key heads.
    KEY,
    /// One is added.
    PLUS_ONE,
    /// Rows and columns are exchanged.
    TRANSPOSED,
    /// Query, key and value of each head follow one another; they become three blocks.
    BY_HEAD,
    /// The same with several queries to one key and value.
    BY_GROUP,
    /// `-exp(x)`.
    NEGATIVE_EXPONENTIAL
  }

  /// Where a tensor goes.
  ///
  /// @param name in GGUF
  /// @param expert its place in a stack, or -1
  record Target(String name, int expert, Change change) {}

  /// Whether names and layouts of an architecture are known.
  boolean knows() {
    return LIKE_LLAMA.contains(architecture)
        || PLAIN.contains(architecture)
        || SHIFTED.contains(architecture);
  }

  /// Whether the converter leaves a tensor out.
  static boolean isSkipped(String name) {
    return SKIPPED.matcher(name).matches();
  }

  /// Where a tensor of the checkpoint goes, or null if that is not known.
  @Nullable Target target(String name) {
    Matcher block = BLOCK.matcher(name);
    if (block.matches()) {
      return inBlock(block.group(1), block.group(2));
    }
    String suffix = suffix(name);
    String bare = name.substring(0, name.length() - suffix.length());
    String to = TOP.get(withoutPrefix(bare));
    if (to == null || suffix.isEmpty()) {
      return null;
    }
    return new Target(to + suffix, -1, isShifted(to + suffix) ? Change.PLUS_ONE : Change.NONE);
  }

  private @Nullable Target inBlock(String number, String rest) {
    String blk = "blk." + number + ".";
    Matcher expert = EXPERT.matcher(rest);
    if (expert.matches()) {
      String to = EXPERTS.get(expert.group(2));
      return to == null
          ? null
          : new Target(blk + to + ".weight", Integer.parseInt(expert.group(1)), Change.NONE);
    }
    if (rest.equals("mixer.A_log")) {
      return new Target(blk + "ssm_a", -1, Change.NEGATIVE_EXPONENTIAL);
    }
    if (rest.equals("mixer.D")) {
      return new Target(blk + "ssm_d", -1, Change.NONE);
    }
    String suffix = suffix(rest);
    String bare = rest.substring(0, rest.length() - suffix.length());
    String to = ofArchitecture(bare);
    if (to == null || suffix.isEmpty()) {
      return null;
    }
    return new Target(blk + to + suffix, -1, change(to, suffix));
  }

  /// Names that mean something else in some architectures.
  private @Nullable String ofArchitecture(String part) {
    if (List.of("gemma2", "gemma3", "olmo2").contains(architecture)) {
      String renamed =
          switch (part) {
            case "post_attention_layernorm" -> "post_attention_norm";
            case "pre_feedforward_layernorm" -> "ffn_norm";
            case "post_feedforward_layernorm" -> "post_ffw_norm";
            default -> null;
          };
      if (renamed != null) {
        return renamed;
      }
    }
    if (architecture.equals("falcon") && part.equals("input_layernorm")) {
      return "attn_norm";
    }
    return PARTS.get(part);
  }

  private Change change(String to, String suffix) {
    if (LIKE_LLAMA.contains(architecture)) {
      return to.equals("attn_q") ? Change.QUERY : to.equals("attn_k") ? Change.KEY : Change.NONE;
    }
    if (isShifted(to + suffix)) {
      return Change.PLUS_ONE;
    }
    if (architecture.equals("gpt2") && suffix.equals(".weight")) {
      return switch (to) {
        case "attn_qkv", "attn_output", "ffn_up", "ffn_down" -> Change.TRANSPOSED;
        default -> Change.NONE;
      };
    }
    if (to.equals("attn_qkv")) {
      return switch (architecture) {
        case "bloom", "gptneox" -> Change.BY_HEAD;
        case "falcon" -> Change.BY_GROUP;
        default -> Change.NONE;
      };
    }
    return Change.NONE;
  }

  private boolean isShifted(String to) {
    return SHIFTED.contains(architecture) && to.endsWith("norm.weight");
  }

  private static String suffix(String name) {
    return name.endsWith(".weight") ? ".weight" : name.endsWith(".bias") ? ".bias" : "";
  }

  private static String withoutPrefix(String name) {
    for (String prefix :
        List.of(
            "language_model.model.",
            "model.language_model.",
            "language_model.",
            "model.",
            "transformer.",
            "gpt_neox.",
            "bert.",
            "backbone.")) {
      if (name.startsWith(prefix)) {
        return name.substring(prefix.length());
      }
    }
    return name;
  }
}
