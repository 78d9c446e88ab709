package dev.vidimus.inventory.deps.files;

import java.util.List;

/// What a file says of packages.
///
/// @param kind of file, such as `requirements` or `uv.lock`
/// @param isLock whether it names exact versions of everything that is installed
/// @param packages in the order of the file
/// @param indexes that packages may come from, with the option or member that names each
/// @param includes other files that belong to it, relative to it
/// @param problems what could not be understood
public record Listing(
    String kind,
    boolean isLock,
    List<Dependency> packages,
    List<Index> indexes,
    List<String> includes,
    List<Problem> problems) {
  /// The kind of configurations that name models of providers.
  public static final String HOSTED_MODELS = "hosted models";

  public Listing {
    packages = List.copyOf(packages);
    indexes = List.copyOf(indexes);
    includes = List.copyOf(includes);
    problems = List.copyOf(problems);
  }

  /// A lock without anything else to say.
  public static Listing lock(String kind, List<Dependency> packages, List<Problem> problems) {
    return new Listing(kind, true, packages, List.of(), List.of(), problems);
  }

  /// An index.
  ///
  /// @param address of it, without credentials
  /// @param option that names it: `--index-url`, `--extra-index-url`, `--find-links`, …
  /// @param line where, from 1; 0 if that is not known
  public record Index(String address, String option, int line) {
    public Index {
      address = Address.shown(address);
    }

    /// Whether it stands beside another index, so that either may answer for a name.
    public boolean isExtra() {
      return !option.equals("--index-url");
    }
  }

  /// Something that could not be understood.
  ///
  /// @param line where, from 1; 0 if that is not known
  /// @param what stands there, and what is wrong
  public record Problem(int line, String what) {}
}
