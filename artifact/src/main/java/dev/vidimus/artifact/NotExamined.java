package dev.vidimus.artifact;

/// A part of an artifact that an examiner did not look at; one is enough to make a report
/// incomplete.
///
/// @param location the part
/// @param reason why: unsupported, encrypted, over a limit, unreadable
public record NotExamined(Location location, String reason) {
  @Override
  public int hashCode() {
    return location.hashCode() * 31 + reason.hashCode();
  }
}
