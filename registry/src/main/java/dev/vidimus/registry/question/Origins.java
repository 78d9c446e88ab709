package dev.vidimus.registry.question;

import dev.vidimus.artifact.json.JsonValue;
import dev.vidimus.artifact.json.JsonValue.JsonArray;
import dev.vidimus.artifact.json.JsonValue.JsonBoolean;
import dev.vidimus.artifact.json.JsonValue.JsonObject;
import dev.vidimus.lineage.graph.EdgeKind;
import dev.vidimus.registry.store.Sql;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/// What artifacts are said to be made from, and what was computed again.
public final class Origins {
  private static final Pattern COMMIT = Pattern.compile("[0-9a-fA-F]{7,64}");
  private static final int MOST_CANDIDATES = 50;

  /// Relations whose truth follows from the weights of both.
  private static final Set<EdgeKind> OF_WEIGHTS =
      EnumSet.of(
          EdgeKind.COPY,
          EdgeKind.REPACKAGE,
          EdgeKind.CAST,
          EdgeKind.CONVERT,
          EdgeKind.QUANTIZE,
          EdgeKind.MERGE_ADAPTER,
          EdgeKind.MERGE_MODELS,
          EdgeKind.FINE_TUNE,
          EdgeKind.RESIZE_VOCABULARY,
          EdgeKind.DROP_LAYERS);

  private final Sql sql;

  public Origins(Sql sql) {
    this.sql = sql;
  }

  /// What somebody says.
  ///
  /// @param kind `model`, `dataset`, `code`, `tool` or `material`
  /// @param relation by the word of its kind of edge
  /// @param direct whether it is said of a parent, and not of a forebear
  /// @param target a name or an address; may be empty beside a digest
  /// @param revision of the target, or empty
  /// @param digest of the target, or empty
  /// @param place who says so
  /// @param status `declared` or `attested`
  public record Claim(
      String kind,
      String relation,
      boolean direct,
      String target,
      String revision,
      String digest,
      String place,
      String status) {
    /// Whether weights can show that it is true.
    public boolean isOfWeights() {
      EdgeKind edge = EdgeKind.ofWord(relation);
      return kind.equals("model") && edge != null && OF_WEIGHTS.contains(edge);
    }

    /// For people: `org/base at 1a2b (README.md: base_model)`.
    public String text() {
      String what = target.isEmpty() ? digest : target;
      return what + (revision.isEmpty() ? "" : " at " + revision) + " (" + place + ")";
    }
  }

  /// What is said of an artifact.
  public List<Claim> claims(String snapshot) throws IOException {
    return sql.all(
        "SELECT kind, relation, direct, target, revision, digest, place, status FROM claim"
            + " WHERE snapshot = ? ORDER BY idx, place, target",
        Origins::claim,
        snapshot);
  }

  /// What an examiner found to be said, by the facts of its report.
  public static List<Claim> claims(JsonObject facts) {
    List<Claim> claims = new ArrayList<>();
    if (facts.get("claims") instanceof JsonArray(List<JsonValue> elements)) {
      for (JsonValue element : elements) {
        if (element instanceof JsonObject claim) {
          claims.add(
              new Claim(
                  text(claim, "kind"),
                  text(claim, "relation"),
                  claim.get("direct") instanceof JsonBoolean(boolean direct) && direct,
                  text(claim, "target"),
                  text(claim, "revision"),
                  text(claim, "digest"),
                  text(claim, "place"),
                  text(claim, "status")));
        }
      }
    }
    return claims;
  }

  private static String text(JsonObject object, String name) {
    String text = object.string(name);
    return text == null ? "" : text;
  }

  private static Claim claim(Sql.Row row) throws SQLException {
    return new Claim(
        row.text(1),
        row.text(2),
        row.flag(3),
        row.text(4),
        row.text(5),
        row.text(6),
        row.text(7),
        row.text(8));
  }

  /// A comparison with one parent.
  ///
  /// @param parent snapshot
  /// @param role `parent` or `adapter`
  /// @param relation the word of the command line that was checked
  /// @param verdict by its name
  /// @param reason by its code
  /// @param note the first one for people
  /// @param envelope of the statement
  /// @param time when
  public record Compared(
      String parent,
      String role,
      String relation,
      String verdict,
      String reason,
      String note,
      String envelope,
      String time) {
    /// Whether it says yes or no.
    public boolean isDefinite() {
      return !verdict.equals("UNKNOWN") && !verdict.equals("UNSUPPORTED");
    }
  }

  /// Every comparison of an artifact, the oldest first.
  public List<Compared> compared(String snapshot) throws IOException {
    return sql.all(
        "SELECT parent, role, relation, verdict, reason, note, envelope, time FROM derivation"
            + " WHERE snapshot = ? ORDER BY idx, place",
        row ->
            new Compared(
                row.text(1),
                row.text(2),
                row.text(3),
                row.text(4),
                row.text(5),
                row.text(6),
                row.text(7),
                row.text(8)),
        snapshot);
  }

  /// What counts of some comparisons, by parent: the last that says yes or no, and the last of all
  /// where none does. That somebody could not look later takes nothing back.
  ///
  /// @param all the oldest first
  public static Map<String, Compared> current(List<Compared> all) {
    Map<String, Compared> current = new LinkedHashMap<>();
    for (Compared one : all) {
      current.merge(
          one.parent(), one, (old, next) -> old.isDefinite() && !next.isDefinite() ? old : next);
    }
    return current;
  }

  /// Whether a claim names a commit, and no branch that moves.
  static boolean isPinned(Claim claim) {
    return COMMIT.matcher(claim.revision()).matches();
  }

  /// The artifacts that a claim may mean, the latest version first; none if it is not known here.
  public List<Artifact> candidates(Claim claim) throws IOException {
    if (!claim.digest().isEmpty()) {
      List<Artifact> whole =
          by("alias x ON x.snapshot = a.snapshot WHERE x.alias = ?", claim.digest());
      return whole.isEmpty()
          ? by("file x ON x.snapshot = a.snapshot WHERE x.sha256 = ?", claim.digest())
          : whole;
    }
    List<Artifact> named = new ArrayList<>();
    for (Artifact artifact :
        by("submission x ON x.snapshot = a.snapshot WHERE x.name = ?", claim.target())) {
      if (!isPinned(claim) || artifact.revision().startsWith(claim.revision())) {
        named.add(artifact);
      }
    }
    return named;
  }

  private List<Artifact> by(String join, String value) throws IOException {
    Map<String, Artifact> found = new LinkedHashMap<>();
    for (Artifact artifact :
        sql.all(
            "SELECT "
                + Artifact.COLUMNS
                + " FROM artifact a JOIN "
                + join
                + " ORDER BY a.idx DESC LIMIT "
                + MOST_CANDIDATES,
            Artifact::of,
            value)) {
      found.putIfAbsent(artifact.snapshot(), artifact);
    }
    return new ArrayList<>(found.values());
  }

  /// How a claim stands.
  public enum Standing {
    VERIFIED,
    REFUTED,
    SUSPICIOUS,
    /// Nobody could tell, or nobody looked.
    OPEN
  }

  /// A claim and how it stands.
  ///
  /// @param why for people
  /// @param envelope of the comparison that says so, or empty
  public record Judged(Claim claim, Standing standing, String why, String envelope) {}

  /// How every claim about the weights of an artifact stands. What is only said of a forebear
  /// needs no proof of its own once the parent is proven.
  public List<Judged> judged(String snapshot) throws IOException {
    Map<String, Compared> compared = current(compared(snapshot));
    List<Judged> all = new ArrayList<>();
    for (Claim claim : claims(snapshot)) {
      if (claim.isOfWeights()) {
        all.add(judged(claim, snapshot, compared));
      }
    }
    boolean hasParent =
        all.stream().anyMatch(one -> one.claim().direct() && one.standing() == Standing.VERIFIED);
    if (hasParent) {
      all.removeIf(one -> !one.claim().direct() && one.standing() == Standing.OPEN);
    }
    return all;
  }

  private Judged judged(Claim claim, String snapshot, Map<String, Compared> compared)
      throws IOException {
    List<Artifact> candidates = candidates(claim);
    Compared best = null;
    for (Artifact candidate : candidates) {
      Compared one = compared.get(candidate.snapshot());
      if (one != null && (best == null || rank(one) > rank(best))) {
        best = one;
      }
    }
    if (best == null) {
      boolean isItself =
          candidates.size() == 1 && candidates.getFirst().snapshot().equals(snapshot);
      String why =
          candidates.isEmpty()
              ? "is not in the registry"
              : isItself ? "means itself" : "was not compared";
      return new Judged(claim, Standing.OPEN, why, "");
    }
    Standing standing =
        switch (best.verdict()) {
          case "VERIFIED" -> Standing.VERIFIED;
          // That it was not made from it directly says nothing of a forebear.
          case "REFUTED" -> claim.direct() ? Standing.REFUTED : Standing.OPEN;
          case "SUSPICIOUS" -> Standing.SUSPICIOUS;
          default -> Standing.OPEN;
        };
    String why = best.relation() + ": " + best.verdict() + " " + best.reason();
    String note = standing == Standing.OPEN && !best.note().isEmpty() ? ", " + best.note() : "";
    return new Judged(claim, standing, why + note, best.envelope());
  }

  private static int rank(Compared one) {
    return switch (one.verdict()) {
      case "VERIFIED" -> 4;
      case "SUSPICIOUS" -> 3;
      case "REFUTED" -> 2;
      default -> 1;
    };
  }
}
