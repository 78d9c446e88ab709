package dev.vidimus.registry.question;

import dev.vidimus.registry.store.Sql;
import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;

/// What a reference means: `sha256:HEX` of any alias or a unique prefix of at least twelve digits,
/// `name[@version]`, or `name:environment`; `vidimus://` in front of it is passed over.
public final class References {
  private static final int SHORTEST_PREFIX = 12;
  private static final String URL = "vidimus://";

  private final Sql sql;

  public References(Sql sql) {
    this.sql = sql;
  }

  /// The one artifact that a reference means.
  ///
  /// @throws UnknownReference if there is none, or several
  public Artifact resolve(String reference) throws IOException {
    String ref = reference.startsWith(URL) ? reference.substring(URL.length()) : reference;
    int colon = ref.indexOf(':');
    if (colon > 0 && isHash(ref.substring(0, colon))) {
      return byAlias(ref);
    }
    int at = ref.lastIndexOf('@');
    if (at > 0) {
      return byVersion(ref.substring(0, at), ref.substring(at + 1), reference);
    }
    return colon > 0
        ? byEnvironment(ref.substring(0, colon), ref.substring(colon + 1), reference)
        : latest(ref);
  }

  private static boolean isHash(String word) {
    return word.equals("sha256") || word.equals("gitCommit");
  }

  private Artifact byAlias(String alias) throws IOException {
    if (alias.length() - alias.indexOf(':') - 1 < SHORTEST_PREFIX
        || alias.substring(alias.indexOf(':') + 1).chars().anyMatch(c -> !isHexDigit(c))) {
      throw new UnknownReference(
          alias + ": a digest has lower-case hex digits, at least " + SHORTEST_PREFIX, "");
    }
    List<Artifact> found =
        sql.all(
            "SELECT DISTINCT "
                + Artifact.COLUMNS
                + " FROM alias x JOIN artifact a ON a.snapshot = x.snapshot"
                + " WHERE x.alias >= ? AND x.alias < ? LIMIT 9",
            Artifact::of,
            alias,
            alias + "g");
    if (found.size() == 1) {
      return found.getFirst();
    }
    if (found.isEmpty()) {
      throw unknown(alias);
    }
    throw new UnknownReference(
        alias
            + " means several artifacts: "
            + found.stream().map(Artifact::snapshot).collect(Collectors.joining(", ")),
        "give more digits");
  }

  private static boolean isHexDigit(int c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
  }

  private Artifact byVersion(String name, String version, String reference) throws IOException {
    long number;
    try {
      number = Long.parseLong(version);
    } catch (NumberFormatException e) {
      throw new UnknownReference(reference + ": a version is a number", "vidimus history " + name);
    }
    Artifact found =
        sql.first(
            "SELECT "
                + Artifact.COLUMNS
                + " FROM submission s JOIN artifact a ON a.snapshot = s.snapshot"
                + " WHERE s.name = ? AND s.version = ?",
            Artifact::of,
            name,
            number);
    if (found == null) {
      throw unknown(reference);
    }
    return found.called(name, number);
  }

  private Artifact byEnvironment(String name, String environment, String reference)
      throws IOException {
    Artifact found =
        sql.first(
            "SELECT "
                + Artifact.COLUMNS
                + " FROM promotion p JOIN artifact a ON a.snapshot = p.snapshot"
                + " WHERE p.name = ? AND p.environment = ? AND p.until IS NULL",
            Artifact::of,
            name,
            environment);
    if (found == null) {
      throw new UnknownReference(
          reference + ": no version of " + name + " is promoted to " + environment,
          "vidimus history " + name + " lists its versions");
    }
    return called(found, name);
  }

  /// Under this name, in the last version that it has there.
  private Artifact called(Artifact found, String name) throws IOException {
    return found.called(
        name,
        sql.number(
            "SELECT max(version) FROM submission WHERE snapshot = ? AND name = ?",
            found.snapshot(),
            name));
  }

  private Artifact latest(String name) throws IOException {
    Artifact found =
        sql.first(
            "SELECT "
                + Artifact.COLUMNS
                + " FROM submission s JOIN artifact a ON a.snapshot = s.snapshot"
                + " WHERE s.name = ? ORDER BY s.version DESC LIMIT 1",
            Artifact::of,
            name);
    if (found == null) {
      throw unknown(name);
    }
    return called(found, name);
  }

  private static UnknownReference unknown(String reference) {
    return new UnknownReference(
        reference + ": no such artifact is known here",
        "vidimus queue lists what waits; vidimus admit SOURCE brings something in");
  }
}
