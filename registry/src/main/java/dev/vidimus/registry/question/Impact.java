package dev.vidimus.registry.question;

import dev.vidimus.lineage.graph.Direction;
import dev.vidimus.registry.store.Sql;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What selectors mean: which artifacts, and where they run.
public final class Impact {
  private static final Pattern DIGEST = Pattern.compile("sha256:[0-9a-f]{64}");
  private static final Pattern PURL =
      Pattern.compile("pkg:huggingface/([^/@?#]+/[^/@?#]+)(?:@([0-9A-Fa-f]{40}))?");

  /// What may follow from one `base:`. Beyond it nothing is left out unsaid: it is refused.
  private static final int MOST_DESCENDANTS = 100_000;

  private final Sql sql;
  private final int mostDescendants;

  public Impact(Sql sql) {
    this(sql, MOST_DESCENDANTS);
  }

  /// @param mostDescendants what may follow from one `base:`
  public Impact(Sql sql, int mostDescendants) {
    this.sql = sql;
    this.mostDescendants = mostDescendants;
  }

  /// The artifacts that any of the selectors means, in the order in which they came.
  ///
  /// @param selectors each a reference, or `signer:`, `source:`, `finding:`, `file:`, `tensor:`,
  ///     `base:`, `purl:` and a value
  /// @throws UnknownReference if a selector is none
  public List<Artifact> artifacts(List<String> selectors) throws IOException {
    Map<String, Artifact> found = new LinkedHashMap<>();
    for (String selector : selectors) {
      for (Artifact artifact : artifacts(selector)) {
        found.put(artifact.snapshot(), artifact);
      }
    }
    return new ArrayList<>(found.values());
  }

  private List<Artifact> artifacts(String selector) throws IOException {
    int colon = selector.indexOf(':');
    String word = colon < 0 ? "" : selector.substring(0, colon);
    String value = selector.substring(colon + 1);
    return switch (word) {
      case "signer" -> by("signer x ON x.snapshot = a.snapshot AND x.signer = ?", value);
      case "finding" -> by("finding x ON x.snapshot = a.snapshot AND x.rule = ?", value);
      case "file" -> by("file x ON x.snapshot = a.snapshot AND x.sha256 = ?", withHash(value));
      case "source" -> by("submission x ON x.snapshot = a.snapshot AND x.source = ?", value);
      case "purl" -> byPurl(value);
      case "base" -> byBase(value);
      case "tensor" -> byTensor(withHash(value));
      default ->
          isDigest(selector) ? byDigest(selector) : List.of(new References(sql).resolve(selector));
    };
  }

  /// Whether it is a whole digest, which may mean what nobody has seen yet.
  private static boolean isDigest(String selector) {
    return DIGEST.matcher(selector).matches();
  }

  /// The artifact that has this identity, or else those that have this file.
  private List<Artifact> byDigest(String digest) throws IOException {
    List<Artifact> found = by("alias x ON x.snapshot = a.snapshot AND x.alias = ?", digest);
    return found.isEmpty()
        ? by("file x ON x.snapshot = a.snapshot AND x.sha256 = ?", digest)
        : found;
  }

  /// Everything that was made from something, however often over; what it is said to be included.
  private List<Artifact> byBase(String value) throws IOException {
    LineageMap map = LineageMap.read(sql);
    String key = map.id(value) != null ? value : "model:" + value;
    if (map.id(key) == null) {
      key = new References(sql).resolve(value).snapshot();
    }
    LineageTree below = map.tree(key, Direction.DOWN);
    if (below.count() > mostDescendants) {
      throw new UnknownReference(
          "base:" + value + ": " + below.count() + " follow from it, over " + mostDescendants,
          "take something that is nearer to what you mean");
    }
    References references = new References(sql);
    List<Artifact> found = new ArrayList<>();
    for (int i = 0; i < below.count(); i++) {
      if (below.node(i).isArtifact()) {
        found.add(references.resolve(below.node(i).key()));
      }
    }
    return found;
  }

  private List<Artifact> byTensor(String digest) throws IOException {
    Map<String, Artifact> found = new LinkedHashMap<>();
    for (Tensors.Found one : new Tensors(sql).find(digest)) {
      found.put(one.artifact().snapshot(), one.artifact());
    }
    return new ArrayList<>(found.values());
  }

  /// Models of a hub: `pkg:huggingface/org/name@COMMIT`, as the package URL specification has it.
  private List<Artifact> byPurl(String purl) throws IOException {
    Matcher model = PURL.matcher(purl);
    if (!model.matches()) {
      throw new UnknownReference(
          "purl:" + purl + ": only pkg:huggingface/ORG/NAME[@COMMIT] is recorded here yet",
          "source:, file: and finding: reach everything");
    }
    String path = "/" + model.group(1).toLowerCase(Locale.ROOT) + "@";
    String commit = model.group(2);
    List<Artifact> hub =
        commit == null
            ? by("submission x ON x.snapshot = a.snapshot AND a.kind = ?", "hub")
            : by(
                "submission x ON x.snapshot = a.snapshot AND x.revision = ?",
                commit.toLowerCase(Locale.ROOT));
    List<Artifact> found = new ArrayList<>();
    for (Artifact artifact : hub) {
      if (artifact.kind().equals("hub")
          && artifact.source().toLowerCase(Locale.ROOT).contains(path)) {
        found.add(artifact);
      }
    }
    return found;
  }

  /// A selector as a revocation names it, so that it also means what comes later: a reference
  /// becomes the snapshot that it means now, and `file:` gets the name of its hash.
  ///
  /// A digest that nobody knows here yet means an artifact or a file, whichever comes.
  ///
  /// @throws UnknownReference if it is none
  public List<String> exact(String selector) throws IOException {
    if (selector.startsWith("file:")) {
      return List.of("file:" + withHash(selector.substring("file:".length())));
    }
    if (List.of("signer:", "finding:", "source:").stream().anyMatch(selector::startsWith)) {
      return List.of(selector);
    }
    if (selector.startsWith("tensor:")) {
      return List.of("tensor:" + withHash(selector.substring("tensor:".length())));
    }
    if (selector.startsWith("purl:") || selector.startsWith("base:")) {
      return artifacts(selector).stream().map(Artifact::snapshot).toList();
    }
    if (isDigest(selector) && !isIdentity(selector)) {
      return List.of(selector, "file:" + selector);
    }
    return List.of(new References(sql).resolve(selector).snapshot());
  }

  /// Whether an artifact that is known has this identity.
  private boolean isIdentity(String digest) throws IOException {
    return sql.number("SELECT count(*) FROM alias WHERE alias = ?", digest) > 0;
  }

  /// Whether nothing that is known here has this digest, neither as a whole nor as a file.
  public boolean isUnknown(String selector) throws IOException {
    return isDigest(selector) && byDigest(selector).isEmpty();
  }

  private static String withHash(String value) {
    return value.startsWith("sha256:") ? value : "sha256:" + value;
  }

  private List<Artifact> by(String join, String value) throws IOException {
    return sql.all(
        "SELECT DISTINCT "
            + Artifact.COLUMNS
            + ", a.idx FROM artifact a JOIN "
            + join
            + " ORDER BY a.idx",
        Artifact::of,
        value);
  }

  /// What keeps an artifact from running anywhere, or null: the selectors of a revocation that
  /// means it, whenever either came.
  ///
  /// @param malicious whether it is an attack
  /// @param reason in words
  /// @param envelope of the revocation
  public record Revoked(boolean malicious, String reason, String envelope, String time) {}

  /// The revocations that mean an artifact, the malicious ones first.
  public List<Revoked> revocations(String snapshot) throws IOException {
    return sql.all(
        """
        SELECT DISTINCT r.malicious, r.reason, r.envelope, r.time
        FROM revoked_selector s JOIN revocation r ON r.idx = s.idx
        WHERE s.selector IN (
          SELECT alias FROM alias WHERE snapshot = ?
          UNION SELECT 'file:' || sha256 FROM file WHERE snapshot = ?
          UNION SELECT 'finding:' || rule FROM finding WHERE snapshot = ?
          UNION SELECT 'signer:' || signer FROM signer WHERE snapshot = ?
          UNION SELECT 'source:' || source FROM submission WHERE snapshot = ?)
          OR (s.selector >= 'tensor:' AND s.selector < 'tensor;' AND (
            EXISTS (SELECT 1 FROM tensor t
              WHERE t.digest = substr(s.selector, 8) AND t.snapshot = ?)
            OR EXISTS (SELECT 1 FROM model m
              WHERE m.root = substr(s.selector, 8) AND m.snapshot = ?)))
        ORDER BY r.malicious DESC, r.time
        """,
        row -> new Revoked(row.flag(1), row.text(2), row.text(3), row.text(4)),
        snapshot,
        snapshot,
        snapshot,
        snapshot,
        snapshot,
        snapshot,
        snapshot);
  }

  /// Where something runs.
  ///
  /// @param snapshot what
  /// @param label its name and version
  /// @param environment where
  /// @param workload as what
  /// @param config with which configuration, or empty
  /// @param since from when on
  /// @param until to when; empty if it still does
  /// @param actor who deployed it
  public record Running(
      String snapshot,
      String label,
      String environment,
      String workload,
      String config,
      String since,
      String until,
      String actor) {}

  private static final String RUNNING =
      "SELECT d.snapshot, a.name, a.version, d.environment, d.workload, d.config, d.since,"
          + " d.until, d.actor FROM deployment d JOIN artifact a ON a.snapshot = d.snapshot";

  /// What runs now.
  public List<Running> running() throws IOException {
    return running(RUNNING + " WHERE d.until IS NULL ORDER BY d.environment, d.workload");
  }

  /// What ran at a time.
  ///
  /// @param time ISO 8601 in UTC
  public List<Running> runningAt(String time) throws IOException {
    return running(
        RUNNING
            + " WHERE d.since <= ? AND (d.until IS NULL OR d.until > ?)"
            + " ORDER BY d.environment, d.workload",
        time,
        time);
  }

  /// Where an artifact runs now.
  public List<Running> running(Artifact artifact) throws IOException {
    return running(
        RUNNING + " WHERE d.snapshot = ? AND d.until IS NULL ORDER BY d.environment, d.workload",
        artifact.snapshot());
  }

  private List<Running> running(String query, String... values) throws IOException {
    return sql.all(
        query,
        row ->
            new Running(
                row.text(1),
                row.text(2) + "@" + row.number(3),
                row.text(4),
                row.text(5),
                row.text(6),
                row.text(7),
                row.text(8),
                row.text(9)),
        (Object[]) values);
  }
}
