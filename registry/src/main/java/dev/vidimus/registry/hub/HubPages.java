package dev.vidimus.registry.hub;

import dev.vidimus.artifact.Bytes;
import dev.vidimus.artifact.FormatException;
import dev.vidimus.artifact.Printable;
import dev.vidimus.artifact.json.JsonLimits;
import dev.vidimus.artifact.json.JsonReader;
import dev.vidimus.registry.intake.NewTree;
import dev.vidimus.registry.intake.Refusal;
import java.io.IOException;
import java.util.List;
import java.util.regex.Pattern;

/// Reads what a hub answers. A member that is not known is passed over; one that is missing or of
/// another kind than it must be is an error.
final class HubPages {
  private static final JsonLimits LIMITS =
      new JsonLimits(HubLimits.DEFAULT.document(), 32, 4096, 1 << 20, 40);
  private static final Pattern SHA1 = Pattern.compile("[0-9a-f]{40}");
  private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");
  private static final int PRINTED = 200;

  private HubPages() {}

  /// The commit of a revision: 40 hex digits.
  static String commit(Bytes page) throws IOException, FormatException {
    String commit = "";
    try (JsonReader reader = new JsonReader(page, "revision", LIMITS)) {
      reader.object("revision");
      for (String name = reader.nextName(); name != null; name = reader.nextName()) {
        if (name.equals("sha")) {
          commit = reader.string(name);
        } else {
          reader.skip(name);
        }
      }
      reader.end();
    }
    if (!SHA1.matcher(commit).matches()) {
      throw new Refusal(
          "the hub names no commit of 40 hex digits but " + Printable.of(commit, PRINTED), "");
    }
    return commit;
  }

  /// Adds the files of one page of a tree.
  ///
  /// @param most files that there may be in all
  static void addFiles(Bytes page, List<HubFile> files, int most)
      throws IOException, FormatException {
    try (JsonReader reader = new JsonReader(page, "tree", LIMITS)) {
      reader.array("tree");
      while (reader.nextElement()) {
        Item item = item(reader);
        if (item.type.equals("directory")) {
          continue;
        }
        files.add(item.file());
        if (files.size() > most) {
          throw new Refusal("the repository has more than " + most + " files", "");
        }
      }
      reader.end();
    }
  }

  /// What an element of the list says, as far as it was read.
  private static final class Item {
    private String type = "";
    private String path = "";
    private String oid = "";
    private boolean large;
    private String sha256 = "";
    private long size = -1;
    private long largeSize = -1;

    HubFile file() throws Refusal {
      NewTree.requireCanonical(path);
      if (!type.equals("file")) {
        throw refusal("is neither file nor directory but " + Printable.of(type, PRINTED));
      }
      if (size < 0) {
        throw refusal("has no size");
      }
      if (large) {
        if (!SHA256.matcher(sha256).matches() || largeSize != size) {
          throw refusal(
              "declares %d bytes, and as a large file %d with the hash %s"
                  .formatted(size, largeSize, Printable.of(sha256, PRINTED)));
        }
        return new HubFile(path, size, "sha256", sha256);
      }
      if (!SHA1.matcher(oid).matches()) {
        throw refusal("comes with no hash that could be compared: " + Printable.of(oid, PRINTED));
      }
      return new HubFile(path, size, "gitblob", oid);
    }

    private Refusal refusal(String problem) {
      return new Refusal(Printable.of(path, PRINTED) + ": in the hub's list, " + problem, "");
    }
  }

  private static Item item(JsonReader reader) throws IOException, FormatException {
    Item item = new Item();
    reader.object("file");
    for (String name = reader.nextName(); name != null; name = reader.nextName()) {
      switch (name) {
        case "type" -> item.type = reader.string(name);
        case "path" -> item.path = reader.string(name);
        case "oid" -> item.oid = reader.string(name);
        case "size" -> item.size = size(reader, name);
        case "lfs" -> large(reader, item);
        default -> reader.skip(name);
      }
    }
    return item;
  }

  private static void large(JsonReader reader, Item item) throws IOException, FormatException {
    if (reader.kind("lfs") == JsonReader.Kind.NULL) {
      reader.skip("lfs");
      return;
    }
    // From here on the file is a large one, whose object id names a pointer and not the content.
    item.large = true;
    reader.object("lfs");
    for (String name = reader.nextName(); name != null; name = reader.nextName()) {
      switch (name) {
        case "oid" -> item.sha256 = reader.string(name);
        case "size" -> item.largeSize = size(reader, name);
        default -> reader.skip(name);
      }
    }
  }

  private static long size(JsonReader reader, String name) throws IOException, FormatException {
    long size = reader.unsigned(name);
    if (size < 0) {
      throw reader.malformed(name, "is over 2^63 - 1");
    }
    return size;
  }
}
