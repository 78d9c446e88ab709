package dev.vidimus.lineage.tensors;

import dev.vidimus.artifact.Bytes;
import dev.vidimus.artifact.FormatException;
import dev.vidimus.artifact.Printable;
import dev.vidimus.artifact.Snapshot;
import dev.vidimus.artifact.Spool;
import dev.vidimus.artifact.json.Json;
import dev.vidimus.artifact.json.JsonLimits;
import dev.vidimus.artifact.json.JsonValue.JsonObject;
import java.io.Closeable;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Opens files and folders as models.
public final class ModelReader {
  private static final int CONFIG_BYTES = 4 << 20;

  private final Spool spool;

  /// @param spool where members of archives go that are inflated
  public ModelReader(Spool spool) {
    this.spool = spool;
  }

  /// Opens a file or folder; the caller closes it.
  ///
  /// @throws FormatException if a file breaks its format, an index its shards, or nothing is read
  /// @throws IOException if something cannot be read
  public Model open(Path path) throws IOException, FormatException {
    Opening opening = new Opening(path);
    try {
      return opening.model();
    } catch (Throwable e) {
      opening.close();
      throw e;
    }
  }

  private final class Opening implements Closeable {
    private final Path path;
    private final Arena arena = Arena.ofShared();
    private final List<Closeable> opened = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private final Map<String, Object> metadata = new HashMap<>();
    private final TensorTable table = new TensorTable();
    private final Set<String> read = new HashSet<>();

    Opening(Path path) {
      this.path = path;
    }

    Model model() throws IOException, FormatException {
      Snapshot snapshot = Snapshot.of(path);
      WeightFiles.Kind kind;
      if (Files.isDirectory(path)) {
        WeightFiles files = WeightFiles.in(snapshot);
        kind = files.kind();
        readFolder(snapshot, files);
      } else {
        if (snapshot.entries().isEmpty()) {
          throw new IOException(path + ": is no regular file");
        }
        Snapshot.Entry entry = snapshot.entries().getFirst();
        kind = readFile(entry);
      }
      return new Model(
          path,
          kind.name().toLowerCase(Locale.ROOT),
          table.tensors().values(),
          metadata,
          config(),
          notes,
          opened,
          arena);
    }

    private void readFolder(Snapshot snapshot, WeightFiles files)
        throws IOException, FormatException {
      Map<String, Snapshot.Entry> entries = new HashMap<>();
      snapshot.entries().forEach(entry -> entries.put(entry.path(), entry));
      ShardIndex index = null;
      Collection<String> wanted = files.files();
      if (files.index() != null) {
        try (Bytes bytes = entry(entries, files.index()).open()) {
          index = ShardIndex.read(bytes, files.index());
        }
        wanted = index.files();
        for (String shard : files.files()) {
          if (!wanted.contains(shard)) {
            throw new FormatException.Malformed(
                files.index(), 0, "does not name " + Printable.of(shard, 120));
          }
        }
      }
      for (String file : wanted) {
        readFile(entry(entries, file));
      }
      if (index != null) {
        index.require(table.tensors().values());
      }
      for (String other : files.others()) {
        if (!read.contains(other)) {
          notes.add("not read: " + Printable.of(other, 120));
        }
      }
    }

    private Snapshot.Entry entry(Map<String, Snapshot.Entry> entries, String file)
        throws FormatException {
      Snapshot.Entry entry = entries.get(file);
      if (entry == null) {
        throw new FormatException.Malformed(path.toString(), 0, "lacks " + Printable.of(file, 120));
      }
      return entry;
    }

    private WeightFiles.Kind readFile(Snapshot.Entry entry) throws IOException, FormatException {
      MappedFile file = MappedFile.open(entry.file(), arena);
      String name = Printable.of(entry.path(), 200);
      read.add(entry.path());
      WeightFiles.Kind kind = Container.of(file, entry.path());
      switch (kind) {
        case SAFETENSORS -> SafetensorsSource.read(file, name, table);
        case GGUF -> GgufSource.read(file, name, table, metadata);
        case TORCH -> {
          if (Container.isZip(file)) {
            TorchSource.readZip(file, name, table, notes, members(file, name));
          } else {
            TorchSource.readLegacy(file, name, table, notes);
          }
        }
        case NUMPY -> {
          if (Container.isZip(file)) {
            NumpySource.readNpz(name, table, members(file, name));
          } else {
            NumpySource.readNpy(file, name, table);
          }
        }
        case ONNX -> OnnxSource.read(file, name, table, notes, location -> beside(entry, location));
        case FLAX -> FlaxSource.read(file, name, table);
        case HDF5 -> {
          if (Container.isZip(file)) {
            Hdf5Source.readKeras(name, table, members(file, name), spool, opened);
          } else {
            Hdf5Source.read(file, name, table, spool, opened);
          }
        }
      }
      return kind;
    }

    /// A file in the folder of another one; a link is not followed.
    private MappedFile beside(Snapshot.Entry entry, String location)
        throws IOException, FormatException {
      Path other = entry.file().resolveSibling(location);
      if (!Files.isRegularFile(other, LinkOption.NOFOLLOW_LINKS)) {
        throw new FormatException.Malformed(
            entry.path(), 0, "lacks " + Printable.of(location, 120));
      }
      read.add(location);
      return MappedFile.open(other, arena);
    }

    private ZipMembers members(MappedFile file, String name) throws IOException, FormatException {
      return ZipMembers.of(file, name, spool, opened);
    }

    private @Nullable JsonObject config() throws IOException, FormatException {
      Path folder = Files.isDirectory(path) ? path : path.toAbsolutePath().getParent();
      if (folder == null) {
        return null;
      }
      for (String name : List.of("adapter_config.json", "config.json")) {
        Path file = folder.resolve(name);
        boolean belongs = Files.isDirectory(path) || !metadata.containsKey("general.architecture");
        if (belongs && Files.isRegularFile(file) && Files.size(file) <= CONFIG_BYTES) {
          return Json.parse(Bytes.of(Files.readAllBytes(file)), name, JsonLimits.DEFAULT)
                  instanceof JsonObject object
              ? object
              : null;
        }
      }
      return null;
    }

    @Override
    public void close() throws IOException {
      for (Closeable one : opened) {
        one.close();
      }
      arena.close();
    }
  }
}
