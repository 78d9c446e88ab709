package dev.vidimus.server.identity;

import dev.vidimus.registry.access.Token;
import dev.vidimus.registry.statement.Role;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Who asks.
///
/// @param id of the person or service in the ledger; empty if nobody is known
/// @param service whether it is a machine
/// @param roles what they may do here: for a token, those of its person that it has
/// @param token by which they came, or null
/// @param session by which they came, or null
public record Caller(
    String id, boolean service, Set<Role> roles, @Nullable Token token, @Nullable String session) {
  /// Somebody who showed nothing.
  public static final Caller NOBODY = new Caller("", false, Set.of(), null, null);

  public Caller {
    roles = Set.copyOf(roles);
  }

  /// Whether they showed who they are.
  public boolean isKnown() {
    return !id.isEmpty();
  }

  /// The environment whose promoted versions they may pull; empty if none.
  public String environment() {
    return token == null ? "" : token.environment();
  }

  /// How the access log names them: the token, else the person, else `-`.
  public String name() {
    return token != null ? token.id() : isKnown() ? id : "-";
  }
}
