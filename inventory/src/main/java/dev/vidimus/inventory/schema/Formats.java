package dev.vidimus.inventory.schema;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.regex.Pattern;

/// Formats of texts that the schemas name.
final class Formats {
  private static final Pattern NO_IRI = Pattern.compile("[\\s<>\"{}|\\\\^`\\p{Cntrl}]");
  private static final Pattern MAIL = Pattern.compile("[^\\s@]+@[^\\s@]+");
  private static final Pattern SCHEME = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*:.*");

  private Formats() {}

  /// Whether a text has a format.
  ///
  /// @throws IllegalStateException if the format is not known
  static boolean has(String format, String text) {
    return switch (format) {
      case "date-time" -> isTime(text);
      case "date" -> isDate(text);
      case "iri-reference" -> !NO_IRI.matcher(text).find();
      case "uri" -> !NO_IRI.matcher(text).find() && SCHEME.matcher(text).matches();
      case "idn-email" -> MAIL.matcher(text).matches();
      default -> throw new IllegalStateException("a format that is not known: " + format);
    };
  }

  private static boolean isTime(String text) {
    try {
      OffsetDateTime.parse(text.replace('t', 'T').replace('z', 'Z'));
      return text.length() > "2026-01-01T00:00Z".length(); // RFC 3339 wants seconds
    } catch (DateTimeException e) {
      return false;
    }
  }

  private static boolean isDate(String text) {
    try {
      LocalDate.parse(text);
      return true;
    } catch (DateTimeException e) {
      return false;
    }
  }
}
