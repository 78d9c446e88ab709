package dev.vidimus.registry.intake;

import dev.vidimus.artifact.Digest;
import dev.vidimus.registry.statement.Intake;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// What a source gave.
///
/// @param root the file or folder in the staging area
/// @param source where it came from
/// @param name that the artifact gets unless the submitter says another
/// @param aliases further identities by their names, such as `hub-commit` with `gitCommit:...`
/// @param hashed SHA-256 of the large files that were hashed as they were written, by their paths
/// @param beside files in the staging area that are no part of it: attestations about it
public record Fetched(
    Path root,
    Intake.Source source,
    String name,
    Map<String, String> aliases,
    Map<String, Digest> hashed,
    List<Path> beside) {
  public Fetched {
    aliases = Map.copyOf(aliases);
    hashed = Map.copyOf(hashed);
    beside = List.copyOf(beside);
  }

  /// What was not hashed on its way, with nothing beside it.
  public Fetched(Path root, Intake.Source source, String name, Map<String, String> aliases) {
    this(root, source, name, aliases, Map.of(), List.of());
  }
}
