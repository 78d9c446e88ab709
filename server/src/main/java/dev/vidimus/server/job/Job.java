package dev.vidimus.server.job;

import java.time.Instant;
import java.util.Locale;

/// A submission that is or was worked at.
///
/// @param id by which it is asked for
/// @param person who submitted
/// @param source where the bytes are
/// @param name under which they are to be known; empty for the source's own
/// @param environment for which they are judged
/// @param state how far it is
/// @param created when it was submitted
/// @param finished when it ended; empty if it has not
/// @param snapshot digest of what came; empty if nothing did
/// @param outcome of the decision by its word; empty if there is none
/// @param problem why there is none; empty if there is one
public record Job(
    String id,
    String person,
    String source,
    String name,
    String environment,
    State state,
    Instant created,
    String finished,
    String snapshot,
    String outcome,
    String problem) {
  private static final String NO_ROOM = " on the disk of this server";

  /// The same at its end.
  Job ended(State last, String artifact, String word, String why, Instant now) {
    return new Job(
        id, person, source, name, environment, last, created, now.toString(), artifact, word, why);
  }

  /// The same, which failed for lack of room.
  ///
  /// @param what is missing
  Job withoutRoom(String what, Instant now) {
    return ended(State.FAILED, "", "", what + NO_ROOM, now);
  }

  /// Whether it failed for lack of room, so that it works once there is some.
  public boolean lacksRoom() {
    return state == State.FAILED && problem.endsWith(NO_ROOM);
  }

  /// How far a job is.
  public enum State {
    WAITING,
    RUNNING,
    DONE,
    FAILED,
    /// The server ended while it ran; nothing of it was kept.
    INTERRUPTED;

    /// The word: `waiting`.
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    /// Whether nothing more happens.
    public boolean isOver() {
      return this == DONE || this == FAILED || this == INTERRUPTED;
    }
  }
}
