package dev.vidimus.registry.layout;

import dev.vidimus.artifact.FormatException;
import dev.vidimus.artifact.Printable;
import dev.vidimus.artifact.json.JsonValue;
import dev.vidimus.artifact.json.JsonValue.JsonArray;
import dev.vidimus.artifact.json.JsonValue.JsonObject;
import dev.vidimus.registry.intake.Fetched;
import dev.vidimus.registry.intake.NewTree;
import dev.vidimus.registry.intake.Refusal;
import dev.vidimus.registry.intake.Room;
import dev.vidimus.registry.intake.Staging;
import dev.vidimus.registry.statement.Intake;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// `oci-layout:DIR[@TAG|@sha256:HEX]`: one manifest of a layout. Its tree is the layers, under the
/// names that their annotations give them, and the config.
public final class LayoutSource {
  private static final String SCHEME = "oci-layout:";

  /// The config's name if it does not say one itself.
  static final String CONFIG = "oci-config.json";

  private static final String TITLE = "org.opencontainers.image.title";
  private static final String MODEL_PATH = "org.cncf.model.filepath";
  private static final String TAG = "org.opencontainers.image.ref.name";
  private static final int DEEPEST = 4;
  private static final int MOST = 10_000;
  private static final int SHOWN = 10;
  private static final int PRINTED = 200;

  private final Blobs blobs;
  private final String shown;

  private LayoutSource(Path layout, String shown) {
    this.blobs = new Blobs(layout);
    this.shown = shown;
  }

  /// Whether a SOURCE is of this kind.
  public static boolean isOne(String source) {
    return source.startsWith(SCHEME);
  }

  /// Takes one manifest's files.
  ///
  /// @param base of relative paths
  /// @throws Refusal if something is not what the layout declares, or cannot be part of a tree
  public static Fetched fetch(Path base, String source, Staging staging) throws IOException {
    String rest = source.substring(SCHEME.length());
    Path layout = base.resolve(rest);
    String wanted = "";
    int at = rest.lastIndexOf('@');
    // A folder may have an @ in its name: then it is there.
    if (at > 0 && !Files.exists(layout, LinkOption.NOFOLLOW_LINKS)) {
      layout = base.resolve(rest.substring(0, at));
      wanted = rest.substring(at + 1);
    }
    String shown = Printable.of(source, PRINTED);
    try {
      String name = String.valueOf(layout.toAbsolutePath().normalize().getFileName());
      return new LayoutSource(layout, shown).fetch(wanted, name, source, staging);
    } catch (FormatException e) {
      throw new Refusal(shown + ": " + e.getMessage(), "");
    }
  }

  private Fetched fetch(String wanted, String name, String source, Staging staging)
      throws IOException, FormatException {
    JsonObject mark = blobs.document("oci-layout");
    if (!"1.0.0".equals(mark.string("imageLayoutVersion"))) {
      throw refusal("is a layout of another version than 1.0.0");
    }
    Descriptor manifest = manifest(choose(blobs.document("index.json"), wanted));
    Map<String, Descriptor> files = files(blobs.document(manifest));
    NewTree tree = new NewTree(staging.tree());
    long sum = 0;
    for (Map.Entry<String, Descriptor> file : files.entrySet()) {
      tree.announce(file.getKey());
      if (file.getValue().size() > Long.MAX_VALUE - sum) {
        throw refusal("declares more than 2^63 bytes");
      }
      sum += file.getValue().size();
    }
    Room.require(staging.tree(), sum);
    List<Intake.Upstream> hashes = new ArrayList<>();
    for (Map.Entry<String, Descriptor> file : files.entrySet()) {
      blobs.copy(file.getValue(), tree, file.getKey());
      hashes.add(new Intake.Upstream(file.getKey(), "sha256", file.getValue().digest().hex()));
    }
    String digest = manifest.digest().toString();
    return new Fetched(
        tree.root(),
        new Intake.Source("oci", source, digest, hashes),
        name,
        Map.of("oci-manifest", digest));
  }

  /// The descriptor of the index that is wanted.
  ///
  /// @param wanted a tag, a digest, or empty if there is only one
  private Descriptor choose(JsonObject index, String wanted) throws Refusal {
    List<Descriptor> all = manifests(index, "index.json");
    List<Descriptor> found = new ArrayList<>();
    for (Descriptor one : all) {
      if (wanted.isEmpty()
          || one.digest().toString().equals(wanted)
          || one.annotation(TAG).equals(wanted)) {
        found.add(one);
      }
    }
    if (found.stream().map(Descriptor::digest).distinct().count() == 1) {
      return found.getFirst();
    }
    StringBuilder there = new StringBuilder();
    for (Descriptor one : all.subList(0, Math.min(SHOWN, all.size()))) {
      String tag = one.annotation(TAG);
      there.append(there.isEmpty() ? "" : ", ");
      there.append(tag.isEmpty() ? one.digest() : Printable.of(tag, PRINTED));
    }
    String problem =
        wanted.isEmpty()
            ? "has " + all.size() + " manifests, and not one that must be meant"
            : "does not name one manifest by " + Printable.of(wanted, PRINTED);
    throw new Refusal(
        shown + ": " + problem, "say which with @TAG or @sha256:HEX; there are: " + there);
  }

  private List<Descriptor> manifests(JsonObject index, String where) throws Refusal {
    if (!(index.get("manifests") instanceof JsonArray(List<JsonValue> elements))
        || elements.size() > MOST) {
      throw refusal(where + " has no list of at most " + MOST + " manifests");
    }
    List<Descriptor> manifests = new ArrayList<>();
    for (int i = 0; i < elements.size(); i++) {
      manifests.add(Descriptor.of(elements.get(i), shown + ": " + where + ": manifest " + i));
    }
    return manifests;
  }

  /// Goes through indexes inside the index, which have one manifest each.
  private Descriptor manifest(Descriptor chosen) throws IOException, FormatException {
    Descriptor current = chosen;
    for (int depth = 0; current.isIndex(); depth++) {
      if (depth == DEEPEST) {
        throw refusal("indexes are nested deeper than " + DEEPEST);
      }
      current = choose(blobs.document(current), "");
    }
    return current;
  }

  private Map<String, Descriptor> files(JsonObject manifest) throws Refusal {
    if (!(manifest.get("layers") instanceof JsonArray(List<JsonValue> layers))
        || layers.size() > MOST) {
      throw refusal("the manifest has no list of at most " + MOST + " layers");
    }
    Map<String, Descriptor> files = new LinkedHashMap<>();
    for (int i = 0; i < layers.size(); i++) {
      Descriptor layer = Descriptor.of(layers.get(i), shown + ": layer " + i);
      String path = path(layer);
      if (path.isEmpty()) {
        throw new Refusal(
            "%s: layer %d (%s) does not say which file it is"
                .formatted(shown, i, Printable.of(layer.mediaType(), PRINTED)),
            "layers without a name are not taken apart: unpack them, and admit the folder");
      }
      put(files, path, layer);
    }
    Descriptor config = Descriptor.of(manifest.get("config"), shown + ": config");
    String path = path(config);
    if (!config.isEmpty() || !path.isEmpty()) {
      put(files, path.isEmpty() ? CONFIG : path, config);
    }
    if (files.isEmpty()) {
      throw refusal("there is nothing in it");
    }
    return files;
  }

  private void put(Map<String, Descriptor> files, String path, Descriptor file) throws Refusal {
    if (files.putIfAbsent(path, file) != null) {
      throw refusal("the name " + Printable.of(path, PRINTED) + " comes twice");
    }
  }

  private String path(Descriptor descriptor) throws Refusal {
    String title = descriptor.annotation(TITLE);
    String path = descriptor.annotation(MODEL_PATH);
    if (!title.isEmpty() && !path.isEmpty() && !title.equals(path)) {
      throw refusal(
          "%s is called %s and %s"
              .formatted(
                  descriptor.digest(), Printable.of(title, PRINTED), Printable.of(path, PRINTED)));
    }
    return path.isEmpty() ? title : path;
  }

  private Refusal refusal(String problem) {
    return new Refusal(shown + ": " + problem, "");
  }
}
