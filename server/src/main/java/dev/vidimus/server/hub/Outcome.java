package dev.vidimus.server.hub;

import dev.vidimus.registry.question.Artifact;
import dev.vidimus.registry.shelf.Shelf;

/// What a name and a revision mean in an environment, at one head of the ledger and in one second.
sealed interface Outcome {
  /// It may be had.
  ///
  /// @param artifact what it is
  /// @param shelf its files
  /// @param commit by which the client knows it
  /// @param warning a line about it, though it may be had; empty if there is none
  record Open(Artifact artifact, Shelf shelf, String commit, String warning) implements Outcome {}

  /// It may not be had.
  record Closed(HubRefusal.Shape shape) implements Outcome {}

  /// Nobody brought it in yet.
  ///
  /// @param name in the registry
  /// @param revision `main` or a commit
  record Absent(String name, String revision) implements Outcome {}
}
