package dev.vidimus.inventory.schema;

/// A place at which a document breaks a schema.
///
/// @param pointer the place, by [RFC 6901](https://www.rfc-editor.org/rfc/rfc6901); empty for the
///     document itself
/// @param problem declared against found
public record Violation(String pointer, String problem) {
  @Override
  public String toString() {
    return (pointer.isEmpty() ? "document" : pointer) + ": " + problem;
  }
}
