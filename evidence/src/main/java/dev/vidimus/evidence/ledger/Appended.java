package dev.vidimus.evidence.ledger;

import dev.vidimus.evidence.ledger.note.OpenedCheckpoint;

/// An entry that is durable and under a signed checkpoint.
///
/// @param index zero-based position in the log
/// @param checkpoint the first whose tree holds the entry
public record Appended(long index, OpenedCheckpoint checkpoint) {}
