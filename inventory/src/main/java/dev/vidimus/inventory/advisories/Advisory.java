package dev.vidimus.inventory.advisories;

import java.util.List;

/// One record, as far as it is used.
///
/// @param id such as `GHSA-…`, `PYSEC-…`, `MAL-…`
/// @param aliases ids of the same fault, and of those that it follows from; sorted
/// @param summary one line; may be empty
/// @param modified when the record was changed last, RFC 3339; empty if it does not say
/// @param withdrawn when it was withdrawn; empty if it stands
/// @param severities vectors with their kinds, in the record's order
/// @param rating a word such as `HIGH` that the record's database gives; may be empty
/// @param affected which versions of which packages
public record Advisory(
    String id,
    List<String> aliases,
    String summary,
    String modified,
    String withdrawn,
    List<Severity> severities,
    String rating,
    List<Affected> affected) {
  public Advisory {
    aliases = List.copyOf(aliases);
    severities = List.copyOf(severities);
    affected = List.copyOf(affected);
  }

  /// How bad it is, by somebody's measure.
  ///
  /// @param kind `CVSS_V2`, `CVSS_V3`, `CVSS_V4` or another word
  /// @param vector by that kind
  public record Severity(String kind, String vector) {}

  /// Versions of one package.
  ///
  /// @param ecosystem as the record has it; what follows a colon names a release of it
  /// @param name of the package
  /// @param ranges any of which may hold a version
  /// @param versions that are affected, one by one
  public record Affected(String ecosystem, String name, List<Range> ranges, List<String> versions) {
    public Affected {
      ranges = List.copyOf(ranges);
      versions = List.copyOf(versions);
    }
  }

  /// A range, as the events at its ends.
  ///
  /// @param kind `ECOSYSTEM`, `SEMVER` or `GIT`
  /// @param events in the record's order
  public record Range(String kind, List<Event> events) {
    public Range {
      events = List.copyOf(events);
    }
  }

  /// Something that happened at a version.
  ///
  /// @param kind what
  /// @param version where; `0` is before every version
  public record Event(Kind kind, String version) {
    /// What may happen.
    public enum Kind {
      INTRODUCED("introduced"),
      FIXED("fixed"),
      LAST_AFFECTED("last_affected"),
      LIMIT("limit");

      private final String word;

      Kind(String word) {
        this.word = word;
      }

      /// Its name in a record.
      public String word() {
        return word;
      }
    }
  }

  /// Whether it says that a package was made to do harm.
  public boolean isMalware() {
    return id.startsWith("MAL-") || aliases.stream().anyMatch(alias -> alias.startsWith("MAL-"));
  }

  /// Whether it was taken back.
  public boolean isWithdrawn() {
    return !withdrawn.isEmpty();
  }
}
