package dev.vidimus.lineage.tensors;

import dev.vidimus.artifact.FormatException;
import dev.vidimus.artifact.Printable;
import dev.vidimus.formats.pickle.PickleVisitor;
import dev.vidimus.formats.pickle.Traits;
import dev.vidimus.formats.pickle.Value;
import dev.vidimus.formats.pickle.Value.Foreign;
import dev.vidimus.formats.pickle.Value.Instance;
import dev.vidimus.formats.pickle.Value.Reference;
import java.io.IOException;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Follows how `torch.save` spells tensors: which storage, from which element on, in which shape
/// and strides. Nothing is called; a way to rebuild tensors that is not known here is remembered
/// as a problem, so that nobody takes the rest for the whole.
final class TorchVisitor implements PickleVisitor {
  private static final int LONGEST_KEY = 4096;
  private static final Map<String, TensorType> STORAGES =
      Map.ofEntries(
          Map.entry("DoubleStorage", TensorType.F64),
          Map.entry("FloatStorage", TensorType.F32),
          Map.entry("HalfStorage", TensorType.F16),
          Map.entry("BFloat16Storage", TensorType.BF16),
          Map.entry("LongStorage", TensorType.I64),
          Map.entry("IntStorage", TensorType.I32),
          Map.entry("ShortStorage", TensorType.I16),
          Map.entry("CharStorage", TensorType.I8),
          Map.entry("ByteStorage", TensorType.U8),
          Map.entry("BoolStorage", TensorType.BOOL),
          Map.entry("ComplexFloatStorage", TensorType.C64),
          Map.entry("ComplexDoubleStorage", TensorType.C128),
          Map.entry("UntypedStorage", TensorType.U8));
  private static final Map<String, TensorType> DTYPES =
      Map.ofEntries(
          Map.entry("torch.float64", TensorType.F64),
          Map.entry("torch.float32", TensorType.F32),
          Map.entry("torch.float16", TensorType.F16),
          Map.entry("torch.bfloat16", TensorType.BF16),
          Map.entry("torch.float8_e4m3fn", TensorType.F8_E4M3),
          Map.entry("torch.float8_e5m2", TensorType.F8_E5M2),
          Map.entry("torch.float8_e4m3fnuz", TensorType.F8_E4M3FNUZ),
          Map.entry("torch.float8_e5m2fnuz", TensorType.F8_E5M2FNUZ),
          Map.entry("torch.float8_e8m0fnu", TensorType.F8_E8M0),
          Map.entry("torch.int64", TensorType.I64),
          Map.entry("torch.int32", TensorType.I32),
          Map.entry("torch.int16", TensorType.I16),
          Map.entry("torch.int8", TensorType.I8),
          Map.entry("torch.uint64", TensorType.U64),
          Map.entry("torch.uint32", TensorType.U32),
          Map.entry("torch.uint16", TensorType.U16),
          Map.entry("torch.uint8", TensorType.U8),
          Map.entry("torch.bool", TensorType.BOOL),
          Map.entry("torch.complex64", TensorType.C64),
          Map.entry("torch.complex128", TensorType.C128));

  private final String source;
  private final IdentityHashMap<Value, Members> containers = new IdentityHashMap<>();
  private @Nullable FormatException problem;
  private int tensors;

  /// @param source the file's name in errors
  TorchVisitor(String source) {
    this.source = source;
  }

  /// A storage as a persistent id names it.
  ///
  /// @param elements of its type
  record Storage(String key, TensorType type, long elements) {}

  /// A tensor over a storage, unchecked.
  record Described(
      Storage storage,
      TensorType type,
      long first,
      List<Long> dimensions,
      List<Long> strides,
      long at) {}

  /// The first thing that was not understood, or null.
  @Nullable FormatException problem() {
    return problem;
  }

  /// How many tensors were described.
  int tensors() {
    return tensors;
  }

  /// What was put into a value.
  @Nullable Members members(Value value) {
    if (value instanceof Instance instance && instance.meaning() instanceof Members members) {
      return members;
    }
    return containers.get(value);
  }

  @Override
  public Reference reference(long at, String module, String name, int protocol) {
    return new Reference(at, module, name, "", Traits.TYPE);
  }

  @Override
  public Reference computed(long at, Value module, Value name) {
    return new Reference(at, "", "", "", Traits.UNKNOWN);
  }

  @Override
  public Reference extension(long at, long code, int protocol) {
    return new Reference(at, "", "", "", Traits.UNKNOWN);
  }

  @Override
  public Instance call(long at, Call how, Foreign callee, Value arguments, Value keywords)
      throws IOException {
    String path = callee instanceof Reference reference ? reference.path() : "";
    List<Value> given = arguments instanceof Value.Tuple tuple ? tuple.elements() : List.of();
    Object meaning =
        switch (path) {
          case "torch._utils._rebuild_tensor",
              "torch._utils._rebuild_tensor_v2",
              "torch._utils._rebuild_tensor_v3" ->
              described(at, path, given);
          case "torch._utils._rebuild_parameter", "torch._utils._rebuild_parameter_with_state" ->
              given.isEmpty() ? unknown(at, path) : meaningOf(given.getFirst());
          case "torch.serialization._get_layout", "torch.Size" -> new Members();
          default ->
              path.contains("_rebuild") && path.startsWith("torch.")
                  ? unknown(at, path)
                  : new Members();
        };
    return new Instance(at, meaning, Traits.OBJECT);
  }

  private static Object meaningOf(Value value) {
    return value instanceof Foreign foreign ? foreign.meaning() : new Members();
  }

  private Object described(long at, String path, List<Value> given) throws IOException {
    if (given.size() < 4
        || !(meaningOf(given.get(0)) instanceof Storage storage)
        || !(given.get(1) instanceof Value.Data first)
        || first.kind() != Value.Kind.INT) {
      return unknown(at, path);
    }
    TensorType type = storage.type();
    if (path.endsWith("_v3")) {
      Value dtype = given.size() > 6 ? given.get(6) : given.getFirst();
      TensorType named = dtype instanceof Reference r ? DTYPES.get(r.path()) : null;
      if (named == null) {
        return unknown(at, path);
      }
      type = named;
    }
    List<Long> dimensions = numbers(given.get(2));
    List<Long> strides = numbers(given.get(3));
    if (dimensions == null || strides == null || dimensions.size() != strides.size()) {
      return unknown(at, path);
    }
    tensors++;
    return new Described(storage, type, first.number(), dimensions, strides, at);
  }

  private static @Nullable List<Long> numbers(Value value) {
    if (value instanceof Value.Data data) {
      return data.kind() == Value.Kind.TUPLE && data.number() == 0 ? List.of() : null;
    }
    if (!(value instanceof Value.Tuple tuple)) {
      return null;
    }
    List<Long> numbers = new ArrayList<>();
    for (Value element : tuple.elements()) {
      if (!(element instanceof Value.Data data) || data.kind() != Value.Kind.INT) {
        return null;
      }
      numbers.add(data.number());
    }
    return numbers;
  }

  private Object unknown(long at, String path) {
    if (problem == null) {
      problem =
          new FormatException.Unsupported(
              source + ": tensor", at, "rebuilt by " + Printable.of(path, 120));
    }
    return new Members();
  }

  @Override
  public Following build(long at, Foreign target, Value state) {
    // The state of a module holds its parameters; that of others holds nothing that we look for.
    if (target.meaning() instanceof Members members) {
      members.add("", state);
    }
    return Following.OPCODES;
  }

  @Override
  public boolean capturesEntries() {
    return false;
  }

  @Override
  public boolean hearsItems() {
    return true;
  }

  @Override
  public void item(Value target, @Nullable Value key, Value value) throws IOException {
    Members members = members(target);
    if (members == null) {
      members = new Members();
      containers.put(target, members);
    }
    if (key == null) {
      members.add(value);
    } else {
      members.add(text(key), value);
    }
  }

  private static String text(Value key) throws IOException {
    if (key instanceof Value.Data data) {
      String text = data.text(LONGEST_KEY);
      return text != null ? text : data.kind() == Value.Kind.INT ? "" + data.number() : "?";
    }
    return "?";
  }

  @Override
  public void fill(long at, String method, Foreign target, int traits) {}

  /// `('storage', class, key, location, elements[, view])`.
  @Override
  public Value persistent(long at, Value id) throws IOException {
    if (id instanceof Value.Tuple tuple
        && tuple.elements().size() >= 5
        && tuple.elements().get(0) instanceof Value.Data word
        && "storage".equals(word.text(16))
        && tuple.elements().get(1) instanceof Reference type
        && tuple.elements().get(2) instanceof Value.Data key
        && tuple.elements().get(4) instanceof Value.Data count
        && count.kind() == Value.Kind.INT) {
      TensorType element = STORAGES.get(type.name());
      String name = key.text(LONGEST_KEY);
      boolean isView =
          tuple.elements().size() > 5
              && !(tuple.elements().get(5) instanceof Value.Data view
                  && view.kind() == Value.Kind.NONE);
      if (element != null && name != null && !isView) {
        return new Instance(at, new Storage(name, element, count.number()), Traits.EXTERNAL);
      }
      return new Instance(at, unknown(at, "a storage of " + type.path()), Traits.EXTERNAL);
    }
    return new Instance(at, new Members(), Traits.EXTERNAL);
  }

  @Override
  public Instance buffer(long at) {
    return new Instance(at, new Members(), Traits.EXTERNAL);
  }

  @Override
  public void embedded(long at, Value.Data data) {}

  @Override
  public void oddity(long at, Oddity oddity, String detail) {}
}
