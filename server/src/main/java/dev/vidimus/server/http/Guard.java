package dev.vidimus.server.http;

import dev.vidimus.artifact.FormatException;
import dev.vidimus.evidence.CheckFailed;
import dev.vidimus.registry.statement.Role;
import dev.vidimus.server.identity.Caller;
import dev.vidimus.server.identity.Identities;
import dev.vidimus.server.identity.Permission;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Lets callers through who may ask, in the order of its steps: who is it, may they, and did a page
/// of ours send it.
final class Guard {
  private static final String BEARER = "Bearer ";
  private static final String BASIC = "Basic ";

  private final Identities identities;

  Guard(Identities identities) {
    this.identities = identities;
  }

  /// Whoever asks.
  ///
  /// @throws Problem if they may not
  Caller admit(Exchange exchange, Route route)
      throws IOException, FormatException, CheckFailed, Problem {
    Caller caller = caller(exchange);
    if (!route.permission().isOf(caller)) {
      throw caller.isKnown()
          ? Problem.forbidden(needs(route.permission()), "ask an admin for it")
          : Problem.unauthorized("this needs somebody who is known");
    }
    if (caller.session() != null && !route.verb().isSafe()) {
      requireSameSite(exchange);
    }
    return caller;
  }

  private static String needs(Permission permission) {
    return permission == Permission.PULL
        ? "this needs a token for an environment"
        : "this needs one of the roles "
            + permission.roles().stream()
                .map(Role::word)
                .sorted()
                .collect(Collectors.joining(", "));
  }

  private Caller caller(Exchange exchange)
      throws IOException, FormatException, CheckFailed, Problem {
    String authorization = exchange.header("Authorization");
    if (authorization != null) {
      String credential = credential(authorization);
      Caller caller = credential == null ? null : identities.byCredential(credential);
      if (caller == null) {
        throw Problem.unauthorized("Invalid credentials in Authorization header");
      }
      return caller;
    }
    String session = Cookies.session(exchange.header("Cookie"));
    Caller caller = session == null ? null : identities.bySession(session);
    return caller == null ? Caller.NOBODY : caller;
  }

  /// The credential of a bearer, or the password of whoever can only send one of those (git).
  private static @Nullable String credential(String authorization) {
    if (authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
      return authorization.substring(BEARER.length()).strip();
    }
    if (authorization.regionMatches(true, 0, BASIC, 0, BASIC.length())) {
      try {
        byte[] decoded =
            Base64.getDecoder().decode(authorization.substring(BASIC.length()).strip());
        String pair = new String(decoded, StandardCharsets.UTF_8);
        return pair.substring(pair.indexOf(':') + 1);
      } catch (IllegalArgumentException e) {
        return null;
      }
    }
    return null;
  }

  /// A browser sends a session's cookie with whatever a page makes it send. Every browser that
  /// knows our cookie's SameSite also says in `Sec-Fetch-Site` or `Origin` whose page that was.
  private static void requireSameSite(Exchange exchange) throws Problem {
    String site = exchange.header("Sec-Fetch-Site");
    String from = exchange.header("Origin");
    boolean same =
        site != null
            ? site.equals("same-origin") || site.equals("none")
            : from != null && from.equals(exchange.origin());
    if (!same || (from != null && !from.equals(exchange.origin()))) {
      throw Problem.forbidden(
          "a session acts from pages of this server only", "use a token for anything else");
    }
  }
}
