package dev.vidimus.registry.projection;

import dev.vidimus.evidence.intoto.Statement;
import dev.vidimus.evidence.ledger.Entry;
import dev.vidimus.registry.statement.Kind;

/// A statement in the log whose signature is verified, by somebody who may say so.
///
/// @param index of its entry
/// @param entry what the log holds
/// @param kind of statement
/// @param statement the content
record Entered(long index, Entry entry, Kind kind, Statement statement) {
  /// What it is about: the first subject's SHA-256 with its prefix; empty if there is none.
  String snapshot() {
    if (statement.subjects().isEmpty()) {
      return "";
    }
    String hex = statement.subjects().getFirst().digest().get("sha256");
    return hex == null ? "" : "sha256:" + hex;
  }

  String time() {
    return entry.time().toString();
  }

  String envelope() {
    return entry.envelope().toString();
  }

  String actor() {
    return entry.actor();
  }
}
