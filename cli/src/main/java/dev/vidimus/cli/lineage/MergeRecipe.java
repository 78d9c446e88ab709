package dev.vidimus.cli.lineage;

import dev.vidimus.artifact.Bytes;
import dev.vidimus.artifact.FileBytes;
import dev.vidimus.artifact.FormatException;
import dev.vidimus.artifact.Printable;
import dev.vidimus.artifact.json.JsonValue.JsonObject;
import dev.vidimus.cli.args.UsageException;
import dev.vidimus.lineage.derive.Declared;
import dev.vidimus.lineage.derive.Outcome;
import dev.vidimus.lineage.derive.Parameters;
import dev.vidimus.lineage.derive.Reason;
import dev.vidimus.lineage.derive.Relation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// A recipe of mergekit that is given instead of the parameters of a merge. It names its models,
/// and its parameters are for them in its order.
record MergeRecipe(Declared declared) {
  private static final long LARGEST = 1 << 20;

  /// Whether a file is taken for a recipe.
  static boolean isNamed(String path) {
    String name = path.toLowerCase(Locale.ROOT);
    return name.endsWith(".yml") || name.endsWith(".yaml");
  }

  /// @throws UsageException if it is no recipe of a merge
  static MergeRecipe read(Path file) throws IOException, UsageException {
    if (Files.size(file) > LARGEST) {
      throw new UsageException("--params: " + file + " is too large", "");
    }
    try (Bytes bytes = FileBytes.open(file)) {
      Declared declared = Declared.read(bytes, String.valueOf(file.getFileName()));
      if (declared.parents().isEmpty()) {
        throw new UsageException("--params: " + file + " names no models", "");
      }
      return new MergeRecipe(declared);
    } catch (FormatException e) {
      String problem = Printable.of(String.valueOf(e.getMessage()), 1000);
      throw new UsageException("--params: " + problem, "");
    }
  }

  /// What it says, in the words of the comparison; null if that is not recomputed.
  @Nullable Parameters parameters() {
    JsonObject said = declared.parameters();
    return said == null ? null : new Parameters(said);
  }

  /// The verdict on a merge by a recipe that says more than is recomputed.
  Outcome unsupported() {
    List<String> notes = new ArrayList<>();
    notes.add("the recipe says something that is not recomputed here");
    notes.addAll(declared.notes());
    String note = Printable.of(String.join("; ", notes), 1000);
    return Outcome.unsupported(Relation.MERGE.word(), Reason.UNSUPPORTED_METHOD, note);
  }

  /// The parents in the order of the recipe: by the last part of their names if each is that of one
  /// model of the recipe, otherwise as they were given.
  ///
  /// @throws UsageException if they are not as many as the recipe names
  List<String> ordered(List<String> given) throws UsageException {
    List<String> named = declared.parents();
    if (given.size() != named.size()) {
      throw new UsageException(
          "the recipe names "
              + named.size()
              + " models: "
              + Printable.of(String.join(", ", named), 500),
          "give --from PARENT for each of them, in this order");
    }
    List<String> ordered = new ArrayList<>();
    for (String name : named) {
      List<String> fitting = given.stream().filter(path -> last(path).equals(last(name))).toList();
      if (fitting.size() != 1 || ordered.contains(fitting.getFirst())) {
        return given;
      }
      ordered.add(fitting.getFirst());
    }
    return ordered;
  }

  /// The last part of a path or of a name on a hub, without a revision.
  private static String last(String name) {
    int at = name.indexOf('@');
    String path = at < 0 ? name : name.substring(0, at);
    while (path.endsWith("/")) {
      path = path.substring(0, path.length() - 1);
    }
    return path.substring(path.lastIndexOf('/') + 1);
  }
}
