package dev.vidimus.scan.pickle;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// The names that pickles may use: a built-in profile, perhaps with a user's own entries.
///
/// The built-in tables are one resource for each top-level Python package, read when the package is
/// first named, because most files name two or three. Thread-safe.
public final class Allowlist {
  /// The packages that have a table; a test compares them with the resources. A name from a file
  /// must neither choose a path of ours nor make us look for one.
  static final Set<String> TABLES =
      Set.of(
          "__torch__",
          "_catboost",
          "_codecs",
          "accelerate",
          "argparse",
          "builtins",
          "catboost",
          "collections",
          "copyreg",
          "datetime",
          "dateutil",
          "decimal",
          "dill",
          "enum",
          "fractions",
          "functools",
          "joblib",
          "lightgbm",
          "lightning",
          "lightning_fabric",
          "numpy",
          "omegaconf",
          "pandas",
          "pathlib",
          "pytorch_lightning",
          "pytz",
          "re",
          "scipy",
          "sklearn",
          "tokenizers",
          "torch",
          "torchvision",
          "transformers",
          "trl",
          "types",
          "typing",
          "uuid",
          "xgboost",
          "zoneinfo");

  private static final AllowTable EMPTY = AllowTable.parse("empty", "", Profile.ALL);

  private final Profile profile;
  private final AllowTable own;
  private final Map<String, AllowTable> tables = new ConcurrentHashMap<>();

  private Allowlist(Profile profile, AllowTable own) {
    this.profile = profile;
    this.own = own;
  }

  /// The built-in entries of a profile.
  public static Allowlist of(Profile profile) {
    return new Allowlist(profile, EMPTY);
  }

  /// The built-in entries of every profile and a user's own.
  ///
  /// @param name of the user's file, for errors
  /// @param text statements as `docs/formats/pickle.md` describes them; each needs a comment that
  ///     gives its reason
  /// @throws IllegalArgumentException naming the line that cannot be understood or allowed
  public static Allowlist custom(String name, String text) {
    CustomEntries.check(name, text);
    return new Allowlist(Profile.ALL, AllowTable.parse(name, text, Profile.ALL));
  }

  /// The profile that the built-in entries are of.
  public Profile profile() {
    return profile;
  }

  @Nullable AllowEntry find(String module, String name) {
    AllowEntry entry = own.find(module, name);
    return entry != null ? entry : table(module).find(module, name);
  }

  /// The table of the top-level package that a module is in.
  AllowTable table(String module) {
    int dot = module.indexOf('.');
    String top = dot < 0 ? module : module.substring(0, dot);
    return TABLES.contains(top) ? tables.computeIfAbsent(top, this::read) : EMPTY;
  }

  private AllowTable read(String top) {
    String table = "allow/" + top + ".txt";
    try (InputStream in = Allowlist.class.getResourceAsStream(table)) {
      if (in == null) {
        throw new IllegalStateException(table + " is not in the jar");
      }
      return AllowTable.parse(
          table, new String(in.readAllBytes(), StandardCharsets.UTF_8), profile);
    } catch (IOException e) {
      throw new UncheckedIOException("a table of our own cannot be read", e);
    }
  }
}
