package dev.vidimus.registry.access;

import dev.vidimus.registry.statement.Role;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/// What a token of a machine may do. The token itself is known to its holder only.
///
/// @param id by which people name it
/// @param person in whose name it acts; may be a service
/// @param label what it is for
/// @param roles of the person's that it has; may be none, which leaves pulling
/// @param environment whose promoted versions it pulls; empty if it pulls nothing
/// @param repositories names that it may pull and publish, each a name or a prefix before `*`
/// @param created when
/// @param expires when it opens nothing any more
/// @param ended whether somebody ended it before
public record Token(
    String id,
    String person,
    String label,
    List<Role> roles,
    String environment,
    List<String> repositories,
    Instant created,
    Instant expires,
    boolean ended) {
  public Token {
    roles = List.copyOf(roles);
    repositories = List.copyOf(repositories);
  }

  /// A new one.
  ///
  /// @param now its time of creation
  /// @param days for how long
  public static Token fresh(
      String person,
      String label,
      List<Role> roles,
      String environment,
      List<String> repositories,
      Instant now,
      long days) {
    Instant created = now.truncatedTo(ChronoUnit.SECONDS);
    return new Token(
        Credential.id("t"),
        person,
        label,
        roles,
        environment,
        repositories.isEmpty() ? List.of("*") : repositories,
        created,
        created.plus(Duration.ofDays(days)),
        false);
  }

  /// Whether it opens anything at an instant.
  public boolean holds(Instant now) {
    return !ended && now.isBefore(expires);
  }

  /// Whether it is for a repository.
  ///
  /// @param name such as `org/name`
  public boolean covers(String name) {
    for (String pattern : repositories) {
      boolean matches =
          pattern.endsWith("*")
              ? name.startsWith(pattern.substring(0, pattern.length() - 1))
              : name.equals(pattern);
      if (matches) {
        return true;
      }
    }
    return false;
  }
}
