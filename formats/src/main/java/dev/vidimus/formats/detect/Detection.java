package dev.vidimus.formats.detect;

import java.util.List;

/// What some bytes could be.
///
/// @param formats every plausible reading, the one that most loaders would take first; never empty
/// @param named what the extension claims, if it claims anything that the content does not allow;
///     otherwise empty
public record Detection(List<Format> formats, List<Format> named) {
  public Detection {
    formats = List.copyOf(formats);
    named = List.copyOf(named);
  }

  /// The first reading.
  public Format primary() {
    return formats.getFirst();
  }
}
