package dev.vidimus.server.pages.model;

/// One entry of the ledger, verified.
///
/// @param index its number
/// @param size of the tree in which its inclusion was proven
/// @param root of that tree
/// @param kind of statement
/// @param actor who caused it
/// @param time when
/// @param envelope digest of the statement
/// @param statement what was signed, as it is
/// @param receipt the proof, as a tlog-proof
public record Entry(
    long index,
    long size,
    String root,
    String kind,
    String actor,
    String time,
    String envelope,
    String statement,
    String receipt) {}
