package dev.vidimus.lineage.derive;

import dev.vidimus.lineage.tensors.Model;
import dev.vidimus.lineage.tensors.Tensor;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Which rows and columns of a transformer's tensors are the same units, by the names of its
/// modules: whoever puts units into another order must do so in all of them alike.
///
/// An axis is named by the prefix of its modules and the role that it has there; the stream between
/// the layers is one axis of the whole model. The empty name is an axis whose order is given:
/// tokens, positions, experts.
final class UnitAxes {
  /// The values that pass from layer to layer.
  static final String STREAM = "|stream";

  /// Rows of the query, key and value matrices, and columns of the one after the attention.
  static final String QUERY = "|q";

  static final String KEY = "|k";
  static final String VALUE = "|v";
  static final String MIXED = "|o";

  /// Units inside a feed-forward network.
  static final String INNER = "|inner";

  private static final String GIVEN = "";

  private static final List<Role> ROLES =
      List.of(
          new Role("self_attn.q_proj", QUERY, STREAM),
          new Role("self_attn.k_proj", KEY, STREAM),
          new Role("self_attn.v_proj", VALUE, STREAM),
          new Role("self_attn.o_proj", STREAM, MIXED),
          new Role("self_attn.out_proj", STREAM, MIXED),
          new Role("self_attn.dense", STREAM, MIXED),
          new Role("attention.self.query", QUERY, STREAM),
          new Role("attention.self.key", KEY, STREAM),
          new Role("attention.self.value", VALUE, STREAM),
          new Role("attention.output.dense", STREAM, MIXED),
          new Role("attention.query_key_value", GIVEN, STREAM),
          new Role("attention.dense", STREAM, GIVEN),
          new Role("gate_proj", INNER, STREAM),
          new Role("up_proj", INNER, STREAM),
          new Role("down_proj", STREAM, INNER),
          new Role("w1", INNER, STREAM),
          new Role("w3", INNER, STREAM),
          new Role("w2", STREAM, INNER),
          new Role("fc1", INNER, STREAM),
          new Role("fc2", STREAM, INNER),
          new Role("dense_h_to_4h", INNER, STREAM),
          new Role("dense_4h_to_h", STREAM, INNER),
          new Role("intermediate.dense", INNER, STREAM),
          new Role("output.dense", STREAM, INNER),
          // stored as inputs by outputs; a bias goes with the outputs
          new Role("attn.c_attn", STREAM, GIVEN),
          new Role("attn.c_proj", GIVEN, STREAM),
          new Role("mlp.c_fc", STREAM, INNER),
          new Role("mlp.c_proj", INNER, STREAM));

  private static final List<String> TABLES =
      List.of(
          "embed_tokens",
          "wte",
          "wpe",
          "word_embeddings",
          "position_embeddings",
          "token_type_embeddings",
          "embed_positions",
          "embed_in",
          "embed_out",
          "lm_head",
          "gate",
          "shared_expert_gate");

  private static final List<String> POSITIONS =
      List.of("wpe", "position_embeddings", "embed_positions");

  private final Map<String, Label> labels = new LinkedHashMap<>();
  private final Map<String, Integer> lengths = new HashMap<>();
  private final boolean learnsPositions;

  private record Role(String module, String rows, String columns) {}

  /// The axes of a tensor; a vector is a matrix of one column.
  ///
  /// @param rows the name of its first axis, empty if that is given
  /// @param columns the name of its second axis, empty if that is given
  record Label(String rows, String columns) {}

  private UnitAxes(boolean learnsPositions) {
    this.learnsPositions = learnsPositions;
  }

  /// The axes of a model's tensors, as far as they are known.
  static UnitAxes of(Model model) {
    long stream = 0;
    boolean learnsPositions = false;
    for (Tensor tensor : model.tensors()) {
      String module = module(tensor.name());
      if (tensor.shape().rank() == 2 && (module.equals("embed_tokens") || module.equals("wte"))) {
        stream = tensor.columns();
      } else if (module.equals("word_embeddings") || module.equals("embed_in")) {
        stream = tensor.columns();
      }
      learnsPositions |= POSITIONS.contains(module);
    }
    UnitAxes axes = new UnitAxes(learnsPositions);
    for (Tensor tensor : model.tensors()) {
      Label label = label(tensor, stream);
      if (label != null) {
        axes.add(tensor, label);
      }
    }
    return axes;
  }

  private void add(Tensor tensor, Label label) {
    long rows = rows(tensor);
    long columns = columns(tensor);
    if (fits(label.rows(), rows) && fits(label.columns(), columns)) {
      labels.put(tensor.name(), label);
    }
  }

  /// Whether an axis has this length in all of its tensors; the first one says it.
  private boolean fits(String axis, long length) {
    if (axis.isEmpty()) {
      return true;
    }
    if (length > Integer.MAX_VALUE / 8) {
      return false;
    }
    Integer known = lengths.putIfAbsent(axis, (int) length);
    return known == null || known == length;
  }

  static long rows(Tensor tensor) {
    return tensor.isMatrix() ? tensor.rows() : tensor.elements();
  }

  static long columns(Tensor tensor) {
    return tensor.isMatrix() ? tensor.columns() : 1;
  }

  /// The last word of a name, without `.weight` or `.bias`.
  private static String module(String name) {
    String path = path(name);
    return path.substring(path.lastIndexOf('.') + 1);
  }

  private static String path(String name) {
    return name.endsWith(".weight")
        ? name.substring(0, name.length() - 7)
        : name.endsWith(".bias") ? name.substring(0, name.length() - 5) : name;
  }

  private static @Nullable Label label(Tensor tensor, long stream) {
    String path = path(tensor.name());
    String module = module(tensor.name());
    int rank = tensor.shape().rank();
    boolean isTable = TABLES.contains(module);
    if (module.equals("inv_freq") || (rank == 4 && path.endsWith("attn"))) {
      return new Label(GIVEN, GIVEN); // computed, not trained
    }
    if (rank == 0 || rank > 2 || path.equals(tensor.name())) {
      return null;
    }
    if (rank == 2 && isTable) {
      return tensor.columns() == stream ? new Label(GIVEN, STREAM) : null;
    }
    if (rank == 1 && isTable) {
      return new Label(GIVEN, GIVEN);
    }
    boolean isNorm = module.contains("norm") || module.contains("Norm") || module.startsWith("ln_");
    if (rank == 1 && isNorm && !path.endsWith("self_attn." + module)) {
      return tensor.elements() == stream ? new Label(STREAM, GIVEN) : null;
    }
    if (rank == 1 && isNorm) {
      return new Label(GIVEN, GIVEN); // inside of a head
    }
    for (Role role : ROLES) {
      if (path.equals(role.module()) || path.endsWith("." + role.module())) {
        String prefix = path.substring(0, path.length() - role.module().length());
        String rows = named(prefix, role.rows());
        String columns = named(prefix, role.columns());
        boolean isConvolution = role.module().contains("c_");
        return rank == 2
            ? new Label(rows, columns)
            : new Label(isConvolution ? columns : rows, GIVEN);
      }
    }
    return null;
  }

  private static String named(String prefix, String role) {
    return role.equals(GIVEN) || role.equals(STREAM) ? role : prefix + role;
  }

  /// The axes of a tensor; null if they are not known.
  @Nullable Label label(String tensor) {
    return labels.get(tensor);
  }

  /// How long each axis is.
  Map<String, Integer> lengths() {
    return Map.copyOf(lengths);
  }

  /// Whether positions are learned vectors, so that nothing inside of a head has a place.
  boolean learnsPositions() {
    return learnsPositions;
  }
}
