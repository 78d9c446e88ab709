package dev.vidimus.scan.inspection;

import dev.vidimus.artifact.Bytes;
import dev.vidimus.artifact.Location;

/// Something to examine: a file, an archive member, or a stream inside another.
///
/// @param bytes its (inflated) content
/// @param location its place in findings; the offset is not used
/// @param name base name that it goes by, with its extension: a second opinion on its format
/// @param depth containers around it; 0 for a file
/// @param purpose what the container around it uses it for
public record Target(Bytes bytes, Location location, String name, int depth, Purpose purpose) {
  /// What the container around a target uses it for.
  public enum Purpose {
    /// Opened by whatever loader its content or name suggests.
    ANY,
    /// Raw numbers (a torch storage): read as code by nobody, so unknown bytes are no gap.
    PAYLOAD,
    /// A file of an operating system in an image: programs and settings belong there, and only a
    /// model among them is examined.
    SYSTEM
  }

  /// A file of its own.
  public static Target file(Bytes bytes, Location location, String name) {
    return new Target(bytes, location, name, 0, Purpose.ANY);
  }

  /// The same for another use.
  public Target used(Purpose other) {
    return new Target(bytes, location, name, depth, other);
  }

  /// A member one level inside this target.
  ///
  /// @param member the member's path, already made printable
  public Target inside(Bytes content, String member, Purpose use) {
    String base = member.substring(member.lastIndexOf('/') + 1);
    return new Target(content, location.inside(member), base, depth + 1, use);
  }
}
