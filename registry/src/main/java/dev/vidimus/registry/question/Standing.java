package dev.vidimus.registry.question;

import dev.vidimus.registry.statement.State;
import dev.vidimus.registry.store.Sql;
import java.io.IOException;
import java.time.Instant;

/// Where an artifact stands at an instant.
public final class Standing {
  private Standing() {}

  /// The word of its [State]: what the tables say, or `expired` when the evidence that the last
  /// decision rests on is too old by the policy of that decision. Empty if it is not known.
  public static String of(Sql sql, String snapshot, Instant now) throws IOException {
    String state =
        sql.first("SELECT state FROM artifact WHERE snapshot = ?", row -> row.text(1), snapshot);
    if (state == null) {
      return "";
    }
    boolean canExpire = state.equals(State.INSPECTED.word()) || state.equals(State.APPROVED.word());
    return canExpire && isOver(expiry(sql, snapshot), now) ? State.EXPIRED.word() : state;
  }

  /// When the evidence of the last decision is too old; empty if never.
  public static String expiry(Sql sql, String snapshot) throws IOException {
    String until =
        sql.first(
            "SELECT until FROM decision WHERE snapshot = ? ORDER BY idx DESC LIMIT 1",
            row -> row.text(1),
            snapshot);
    return until == null ? "" : until;
  }

  /// Whether a time has come.
  ///
  /// @param time as statements have it; empty for one that never comes
  public static boolean isOver(String time, Instant now) {
    return !time.isEmpty() && !now.isBefore(Instant.parse(time));
  }
}
