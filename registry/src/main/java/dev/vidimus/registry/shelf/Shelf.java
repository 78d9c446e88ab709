package dev.vidimus.registry.shelf;

import dev.vidimus.artifact.Digest;
import dev.vidimus.artifact.json.JsonValue.JsonObject;
import dev.vidimus.registry.blob.BlobStore;
import dev.vidimus.registry.store.Sql;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The files of one snapshot. Tree, siblings, HEAD and GET all answer from it, and cannot disagree.
public final class Shelf {
  private final String snapshot;
  private final List<ShelfFile> files;
  private final Map<String, ShelfFile> byPath = new HashMap<>();
  private volatile @Nullable JsonObject cardData;

  private Shelf(String snapshot, List<ShelfFile> files) {
    this.snapshot = snapshot;
    this.files = List.copyOf(files);
    files.forEach(file -> byPath.put(file.path(), file));
  }

  /// The files of a snapshot whose bytes are kept. One whose bytes are not is on no list.
  public static Shelf of(Sql sql, BlobStore blobs, String snapshot) throws IOException {
    record Row(String path, Digest digest) {}
    List<Row> rows =
        sql.all(
            "SELECT path, sha256 FROM file WHERE snapshot = ?",
            row -> new Row(row.text(1), Digest.ofHex(row.text(2).substring("sha256:".length()))),
            snapshot);
    List<ShelfFile> files = new ArrayList<>();
    for (Row row : rows) {
      Path content = blobs.path(row.digest());
      try {
        files.add(new ShelfFile(row.path(), row.digest(), Files.size(content), content));
      } catch (NoSuchFileException e) {
        // Withheld: a client that asks for it is told so.
      }
    }
    files.sort(Comparator.comparing(ShelfFile::path));
    return new Shelf(snapshot, files);
  }

  /// The front matter of its card, as plain data; empty if there is none.
  public JsonObject cardData() throws IOException {
    JsonObject known = cardData;
    if (known == null) {
      ShelfFile card = byPath.get("README.md");
      byte[] head = {};
      if (card != null) {
        try (InputStream in = Files.newInputStream(card.content())) {
          head = in.readNBytes(2 * CardData.LONGEST);
        } catch (NoSuchFileException e) {
          // Withheld meanwhile.
        }
      }
      known = CardData.of(head);
      cardData = known;
    }
    return known;
  }

  /// Digest of the snapshot.
  public String snapshot() {
    return snapshot;
  }

  /// All files in the order of their paths.
  public List<ShelfFile> files() {
    return files;
  }

  /// A file, or null if there is none.
  public @Nullable ShelfFile file(String path) {
    return byPath.get(path);
  }

  /// Bytes of all files.
  public long bytes() {
    return files.stream().mapToLong(ShelfFile::size).sum();
  }

  /// What lies in a folder.
  ///
  /// @param files directly in it
  /// @param folders in it: their paths with a name for each
  public record Listed(List<ShelfFile> files, Map<String, String> folders) {}

  /// Lists a folder.
  ///
  /// @param folder its path; empty for the top
  public Listed list(String folder) {
    String prefix = folder.isEmpty() ? "" : folder + "/";
    List<ShelfFile> direct = new ArrayList<>();
    Map<String, StringBuilder> folders = new TreeMap<>();
    for (ShelfFile file : files) {
      if (!file.path().startsWith(prefix)) {
        continue;
      }
      int slash = file.path().indexOf('/', prefix.length());
      if (slash < 0) {
        direct.add(file);
      } else {
        folders
            .computeIfAbsent(file.path().substring(0, slash), path -> new StringBuilder())
            .append(file.digest())
            .append(file.path())
            .append('\n');
      }
    }
    Map<String, String> named = new TreeMap<>();
    folders.forEach((path, listing) -> named.put(path, GitNames.tree(listing.toString())));
    return new Listed(direct, named);
  }
}
