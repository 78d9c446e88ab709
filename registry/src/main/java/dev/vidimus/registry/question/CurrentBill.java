package dev.vidimus.registry.question;

import dev.vidimus.artifact.FormatException;
import dev.vidimus.evidence.ledger.tlog.TileSource;
import dev.vidimus.inventory.bom.Bill;
import dev.vidimus.inventory.bom.Recorded;
import dev.vidimus.registry.question.Origins.Compared;
import dev.vidimus.registry.question.Origins.Judged;
import dev.vidimus.registry.store.Sql;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The bill of an artifact with what was recorded of it since it was written: the parents that were
/// proven or refuted, its tensor roots, and what runs it now.
public final class CurrentBill {
  private static final int MOST_WORKLOADS = 1_000;

  private final Sql sql;
  private final TileSource log;

  /// @param log where the blobs beside the envelopes lie
  public CurrentBill(Sql sql, TileSource log) {
    this.sql = sql;
    this.log = log;
  }

  /// The bill; null if none was written when it was admitted.
  public @Nullable Bill of(String snapshot) throws IOException, FormatException {
    Bill written = new Bills(sql, log).of(snapshot);
    return written == null
        ? null
        : new Recorded(origins(snapshot), weights(snapshot), workloads(snapshot)).on(written);
  }

  private List<Recorded.Origin> origins(String snapshot) throws IOException {
    List<Recorded.Origin> all = new ArrayList<>();
    Origins origins = new Origins(sql);
    for (Judged judged : origins.judged(snapshot)) {
      Recorded.Standing standing = standing(judged);
      if (standing != null) {
        Origins.Claim claim = judged.claim();
        String name = claim.target().isEmpty() ? claim.digest() : claim.target();
        String evidence = judged.envelope().isEmpty() ? "" : ", statement " + judged.envelope();
        all.add(new Recorded.Origin(name, claim.relation(), standing, judged.why() + evidence));
      }
    }
    for (Compared one : Origins.current(origins.compared(snapshot)).values()) {
      String name = name(one.parent());
      boolean isKnown = all.stream().anyMatch(origin -> origin.name().equals(name));
      if (one.verdict().equals("VERIFIED") && !isKnown) {
        String why =
            one.relation() + ": VERIFIED " + one.reason() + ", statement " + one.envelope();
        all.add(new Recorded.Origin(name, one.relation(), Recorded.Standing.VERIFIED, why));
      }
    }
    return all;
  }

  private static Recorded.@Nullable Standing standing(Judged judged) {
    return switch (judged.standing()) {
      case VERIFIED -> Recorded.Standing.VERIFIED;
      case REFUTED -> Recorded.Standing.REFUTED;
      case SUSPICIOUS, OPEN ->
          judged.claim().status().equals("attested") ? Recorded.Standing.ATTESTED : null;
    };
  }

  private String name(String snapshot) throws IOException {
    String name =
        sql.first("SELECT name FROM artifact WHERE snapshot = ?", row -> row.text(1), snapshot);
    return name == null ? snapshot : name;
  }

  private List<Recorded.Weights> weights(String snapshot) throws IOException {
    return sql.all(
        "SELECT folder, root FROM model WHERE snapshot = ? ORDER BY folder",
        row -> new Recorded.Weights(row.text(1), row.text(2)),
        snapshot);
  }

  private List<Recorded.Workload> workloads(String snapshot) throws IOException {
    return sql.all(
        "SELECT environment, workload, since, actor FROM deployment"
            + " WHERE snapshot = ? AND until IS NULL ORDER BY environment, workload LIMIT "
            + MOST_WORKLOADS,
        row -> new Recorded.Workload(row.text(1), row.text(2), row.text(3), row.text(4)),
        snapshot);
  }
}
