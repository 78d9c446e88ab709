package dev.vidimus.server.http;

import dev.vidimus.artifact.FormatException;
import dev.vidimus.evidence.CheckFailed;
import dev.vidimus.registry.intake.NoRoom;
import dev.vidimus.registry.intake.Refusal;
import dev.vidimus.registry.intake.Room;
import dev.vidimus.registry.question.UnknownReference;
import java.util.Set;

/// What the registry refuses, by the words of HTTP.
final class Refusals {
  private static final Set<String> ABOUT_THE_CALLER =
      Set.of("actor", "separation of duties", "passphrase");

  private Refusals() {}

  static Problem of(CheckFailed refused) {
    String detail = String.valueOf(refused.getMessage());
    return ABOUT_THE_CALLER.contains(refused.step())
        ? Problem.forbidden(detail, "")
        : Problem.conflict(detail, "");
  }

  static Problem of(UnknownReference unknown) {
    return Problem.notFound(String.valueOf(unknown.getMessage()), unknown.hint());
  }

  static Problem of(Refusal refusal) {
    if (refusal instanceof NoRoom missing) {
      return noRoom(missing.what());
    }
    return new Problem(
        422, "Unprocessable content", String.valueOf(refusal.getMessage()), refusal.hint());
  }

  static Problem of(FormatException malformed) {
    return new Problem(422, "Unprocessable content", String.valueOf(malformed.getMessage()), "");
  }

  private static Problem noRoom(String what) {
    return new Problem(
        507,
        "Insufficient storage",
        what + " on the disk of this server",
        "the same works once there is room; tell an admin");
  }

  /// The world failed: what, is for the log of the server.
  static Problem ofTheWorld(Exception problem) {
    if (Room.isMissing(problem)) {
      return noRoom("no room is left");
    }
    return new Problem(
        503, "Service unavailable", "a disk, database or network failed", "try again later");
  }

  /// We failed.
  static Problem ofUs() {
    return new Problem(500, "Internal error", "this should not happen", "please report it");
  }
}
