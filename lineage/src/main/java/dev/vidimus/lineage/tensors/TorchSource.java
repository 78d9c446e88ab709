package dev.vidimus.lineage.tensors;

import dev.vidimus.artifact.Budget;
import dev.vidimus.artifact.ByteCursor;
import dev.vidimus.artifact.Bytes;
import dev.vidimus.artifact.FormatException;
import dev.vidimus.artifact.Limits;
import dev.vidimus.artifact.Printable;
import dev.vidimus.formats.pickle.PickleMachine;
import dev.vidimus.formats.pickle.Value;
import dev.vidimus.formats.tensor.Shape;
import dev.vidimus.formats.zip.ZipArchive;
import dev.vidimus.formats.zip.ZipEntry;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Tensors of a file that `torch.save` wrote, as an archive or in the form before that. Nothing is
/// executed; storages that several tensors share stay one.
final class TorchSource {
  private static final long SMALLEST_LIMIT = 1L << 30;
  private static final int MOST_TIMES = 16;
  private static final int LEGACY_STREAMS = 5;
  private static final String DATA = "data.pkl";

  private final String name;
  private final TensorTable table;
  private final List<String> notes;
  private final Map<String, TensorData> storages = new HashMap<>();
  private final Set<String> used = new HashSet<>();
  private boolean swaps;
  private long budget;

  private TorchSource(String name, long size, TensorTable table, List<String> notes) {
    this.name = name;
    this.table = table;
    this.notes = notes;
    this.budget = Math.max(SMALLEST_LIMIT, MOST_TIMES * size);
  }

  /// Reads an archive.
  static void readZip(
      MappedFile file, String name, TensorTable table, List<String> notes, ZipMembers members)
      throws IOException, FormatException {
    TorchSource source = new TorchSource(name, file.size(), table, notes);
    source.readZip(members);
  }

  /// Reads a file of the form before archives.
  static void readLegacy(MappedFile file, String name, TensorTable table, List<String> notes)
      throws IOException, FormatException {
    TorchSource source = new TorchSource(name, file.size(), table, notes);
    source.readLegacy(file);
  }

  private void readZip(ZipMembers members) throws IOException, FormatException {
    ZipArchive archive = members.archive();
    String pickle = "";
    for (ZipEntry entry : archive.entries()) {
      if (entry.name().equals(DATA) || entry.name().endsWith("/" + DATA)) {
        if (!pickle.isEmpty()) {
          throw new FormatException.Malformed(name, 0, "has two " + DATA);
        }
        pickle = entry.name();
      }
    }
    if (pickle.isEmpty()) {
      throw new FormatException.Unsupported(name, 0, "an archive without " + DATA);
    }
    String prefix = pickle.substring(0, pickle.length() - DATA.length());
    swaps = isBig(members, prefix + "byteorder");
    for (ZipEntry entry : archive.entries()) {
      String folder = prefix + "data/";
      if (entry.name().startsWith(folder) && entry.name().length() > folder.length()) {
        storages.put(entry.name().substring(folder.length()), members.data(entry));
      }
    }
    Bytes stream = members.bytes(pickle);
    TorchVisitor visitor = new TorchVisitor(name + "!/" + pickle);
    Value root =
        new PickleMachine(new ByteCursor(stream, name + "!/" + pickle), visitor, members.budget())
            .run();
    addAll(visitor, root);
    for (String key : storages.keySet()) {
      if (!used.contains(key)) {
        notes.add(name + ": no tensor uses the storage data/" + Printable.of(key, 60));
      }
    }
  }

  private boolean isBig(ZipMembers members, String path) throws IOException, FormatException {
    Bytes order = members.find(path) == null ? null : members.bytes(path);
    if (order == null) {
      return false;
    }
    String word = new String(order.head(16), StandardCharsets.US_ASCII);
    return switch (word) {
      case "little" -> false;
      case "big" -> true;
      default -> throw new FormatException.Malformed(name + "!/" + path, 0, "is no byte order");
    };
  }

  private void readLegacy(MappedFile file) throws IOException, FormatException {
    ByteCursor cursor = new ByteCursor(file, name);
    Budget opcodes = new Budget(Limits.DEFAULT);
    TorchVisitor visitor = new TorchVisitor(name);
    Value root = null;
    Value keys = null;
    for (int i = 0; i < LEGACY_STREAMS; i++) {
      Value result = new PickleMachine(cursor, visitor, opcodes).run();
      if (i == 2) {
        requireLittle(visitor, result);
      }
      root = i == 3 ? result : root;
      keys = result;
    }
    Members listed = keys == null ? null : visitor.members(keys);
    if (root == null || listed == null) {
      if (visitor.tensors() > 0) {
        throw new FormatException.Malformed(name, cursor.position(), "has no list of storages");
      }
      return;
    }
    Map<String, TorchVisitor.Described> tensors = new StateDict(visitor, name).of(root);
    Map<String, TensorType> types = new HashMap<>();
    tensors.values().forEach(t -> types.put(t.storage().key(), t.storage().type()));
    for (int i = 0; i < listed.size(); i++) {
      String key =
          listed.value(i) instanceof Value.Data data ? String.valueOf(data.text(256)) : "?";
      TensorType type = types.get(key);
      if (type == null) {
        throw new FormatException.Unsupported(
            name + ": storage " + Printable.of(key, 60), cursor.position(), "used by no tensor");
      }
      long at = cursor.position();
      long elements = cursor.i64("storage size");
      if (elements < 0 || elements > cursor.remaining() / type.blockBytes()) {
        throw new FormatException.Malformed(
            cursor.where("storage size"),
            at,
            "declares " + elements + " elements but " + cursor.remaining() + " bytes follow");
      }
      long bytes = elements * type.blockBytes();
      storages.put(key, new TensorData.Whole(file.segment().asSlice(cursor.position(), bytes)));
      cursor.skip("storage", bytes);
    }
    add(visitor, tensors);
  }

  private void requireLittle(TorchVisitor visitor, Value system) throws FormatException {
    Members members = visitor.members(system);
    for (int i = 0; members != null && i < members.size(); i++) {
      if (members.key(i).equals("little_endian")
          && members.value(i) instanceof Value.Data data
          && data.kind() == Value.Kind.FALSE) {
        swaps = true;
      }
    }
  }

  private void addAll(TorchVisitor visitor, Value root) throws FormatException {
    add(visitor, new StateDict(visitor, name).of(root));
  }

  private void add(TorchVisitor visitor, Map<String, TorchVisitor.Described> tensors)
      throws FormatException {
    FormatException problem = visitor.problem();
    if (problem != null) {
      throw problem;
    }
    Set<TorchVisitor.Described> named = new HashSet<>(tensors.values());
    if (named.size() < visitor.tensors()) {
      notes.add(
          name
              + ": "
              + (visitor.tensors() - named.size())
              + " tensors are built and thrown away, or have no name");
    }
    for (Map.Entry<String, TorchVisitor.Described> entry : tensors.entrySet()) {
      table.add(tensor(entry.getKey(), entry.getValue()));
    }
  }

  private Tensor tensor(String tensor, TorchVisitor.Described described) throws FormatException {
    String where = name + ": tensor \"" + Printable.of(tensor, 120) + "\"";
    TensorData storage = storages.get(described.storage().key());
    if (storage == null) {
      throw new FormatException.Malformed(where, described.at(), "has no storage in the file");
    }
    used.add(described.storage().key());
    long declared = described.storage().elements();
    TensorType type = described.type();
    int width = type.blockBytes();
    long stored = storage.size() / described.storage().type().blockBytes();
    if (declared != stored || storage.size() % described.storage().type().blockBytes() != 0) {
      throw new FormatException.Malformed(
          where,
          described.at(),
          "its storage declares " + declared + " elements, but the file has " + stored);
    }
    Shape shape = Shape.of(array(described.dimensions()));
    long bytes = TensorTable.bytes(type, shape, where);
    requireInside(where, described, storage.size() / width, bytes);
    if (bytes == 0) {
      return new Tensor(tensor, type, shape, new TensorData.Whole(MemorySegment.NULL), name);
    }
    if (!swaps && isRowMajor(described)) {
      return new Tensor(
          tensor, type, shape, slice(storage, described.first() * width, bytes), name);
    }
    budget -= bytes;
    if (budget < 0) {
      throw new FormatException.LimitExceeded(
          where, described.at(), "views that are much larger than their storages");
    }
    TensorData view =
        new TensorData.View(
            storage,
            width,
            described.first(),
            array(described.dimensions()),
            array(described.strides()),
            swaps && width > 1);
    return new Tensor(tensor, type, shape, view, name);
  }

  private static long[] array(List<Long> numbers) {
    return numbers.stream().mapToLong(number -> number).toArray();
  }

  private static TensorData slice(TensorData storage, long at, long bytes) {
    return switch (storage) {
      case TensorData.Whole(MemorySegment segment) ->
          new TensorData.Whole(segment.asSlice(at, bytes));
      case TensorData.Spooled(Bytes all) -> new TensorData.Spooled(all.slice(at, bytes));
      case TensorData.View _, TensorData.Pieces _ ->
          throw new IllegalStateException("a storage of " + storage.size() + " is a view");
    };
  }

  private static void requireInside(
      String where, TorchVisitor.Described described, long elements, long bytes)
      throws FormatException {
    long last = described.first();
    boolean isInside = last >= 0;
    for (int i = 0; isInside && i < described.dimensions().size() && bytes > 0; i++) {
      long stride = described.strides().get(i);
      long dimension = described.dimensions().get(i);
      // Each factor has at most 44 bits (the machine keeps no longer numbers as such).
      isInside = stride >= 0 && Math.multiplyHigh(dimension - 1, stride) == 0;
      last += (dimension - 1) * stride;
      isInside &= last >= 0 && last < elements;
    }
    if (!isInside || (bytes > 0 && last >= elements)) {
      throw new FormatException.Malformed(
          where, described.at(), "reaches outside its storage of " + elements + " elements");
    }
  }

  private static boolean isRowMajor(TorchVisitor.Described described) {
    long expected = 1;
    for (int i = described.dimensions().size() - 1; i >= 0; i--) {
      if (described.dimensions().get(i) != 1 && described.strides().get(i) != expected) {
        return false;
      }
      expected *= described.dimensions().get(i);
    }
    return true;
  }
}
