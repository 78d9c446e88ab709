package dev.vidimus.inventory.deps.files;

import dev.vidimus.artifact.Bytes;
import dev.vidimus.artifact.FormatException;
import dev.vidimus.artifact.Printable;
import dev.vidimus.artifact.json.JsonValue;
import dev.vidimus.artifact.json.JsonValue.JsonArray;
import dev.vidimus.artifact.json.JsonValue.JsonObject;
import dev.vidimus.artifact.json.JsonValue.JsonString;
import dev.vidimus.inventory.deps.files.Listing.Problem;
import dev.vidimus.inventory.version.Ecosystem;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// `bun.lock`: packages as lists of identifier, index, what they need, and integrity.
final class BunLock implements DependencyFile {
  private static final int SHOWN = 120;

  @Override
  public boolean isNamed(String path) {
    String name = Text.name(path).toLowerCase(Locale.ROOT);
    return name.equals("bun.lock") || name.endsWith("-bun.lock");
  }

  @Override
  public Listing read(Bytes bytes, String source) throws IOException, FormatException {
    JsonObject document = RelaxedJson.read(bytes, source);
    List<Dependency> packages = new ArrayList<>();
    List<Problem> problems = new ArrayList<>();
    if (document.get("packages") instanceof JsonObject all) {
      for (Map.Entry<String, JsonValue> entry : all.members().entrySet()) {
        boolean isRead =
            entry.getValue() instanceof JsonArray(List<JsonValue> parts)
                && !parts.isEmpty()
                && parts.getFirst() instanceof JsonString(String id)
                && add(id, parts, packages);
        if (!isRead) {
          problems.add(new Problem(0, Printable.of(entry.getKey(), SHOWN) + ": names no package"));
        }
      }
    }
    return Listing.lock("bun.lock", packages, problems);
  }

  private static boolean add(String id, List<JsonValue> parts, List<Dependency> packages) {
    int at = id.indexOf('@', 1);
    if (at < 0) {
      return false;
    }
    String locator = id.substring(at + 1);
    List<String> hashes = new ArrayList<>();
    List<String> requires = new ArrayList<>();
    String index = "";
    for (JsonValue part : parts.subList(1, parts.size())) {
      if (part instanceof JsonString(String text)) {
        List<String> integrity = JsonLocks.integrity(text);
        hashes.addAll(integrity);
        index = integrity.isEmpty() && text.startsWith("http") ? text : index;
      } else if (part instanceof JsonObject needs) {
        for (String group : List.of("dependencies", "optionalDependencies", "peerDependencies")) {
          if (needs.get(group) instanceof JsonObject names) {
            requires.addAll(names.members().keySet());
          }
        }
      }
    }
    boolean isVersion = locator.matches("[0-9]+\\.[0-9]+\\.[0-9]+.*");
    Origin origin = index.isEmpty() ? Origin.USUAL : Origin.index(index);
    if (locator.startsWith("workspace:")
        || locator.startsWith("file:")
        || locator.startsWith("link:")) {
      origin = new Origin(Origin.Kind.PATH, locator, "");
    } else if (!isVersion) {
      String address = locator.startsWith("github:") ? "git+" + locator : locator;
      origin = Origin.of(address);
    }
    packages.add(
        Dependency.of(Ecosystem.NPM, id.substring(0, at), isVersion ? locator : "")
            .from(origin)
            .hashed(hashes)
            .needing(requires));
    return true;
  }
}
