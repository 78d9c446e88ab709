package dev.vidimus.server.identity;

import dev.vidimus.artifact.FormatException;
import dev.vidimus.evidence.CheckFailed;
import dev.vidimus.registry.Registry;
import dev.vidimus.registry.access.Credential;
import dev.vidimus.registry.access.Doors;
import dev.vidimus.registry.access.Token;
import dev.vidimus.registry.access.Tokens;
import dev.vidimus.registry.question.Persons;
import dev.vidimus.registry.statement.Role;
import dev.vidimus.registry.store.Sql;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Callers by the tokens, secrets and sessions of the registry. An answer is remembered for a
/// second, so that a busy client costs one look-up a second: a token that was ended elsewhere works
/// for that long, one that was ended here not at all.
public final class KnownCallers implements Identities {
  private static final Duration REMEMBERED = Duration.ofSeconds(1);

  /// More than so many credentials in a second are not remembered.
  private static final int MOST = 10_000;

  private record Remembered(Caller caller, Instant until) {}

  private final Registry registry;
  private final InstantSource clock;
  private final Map<String, Remembered> remembered = new ConcurrentHashMap<>();

  public KnownCallers(Registry registry, InstantSource clock) {
    this.registry = registry;
    this.clock = clock;
  }

  /// Asks the registry anew for everybody.
  public void forget() {
    remembered.clear();
  }

  @Override
  public @Nullable Caller byCredential(String credential)
      throws IOException, FormatException, CheckFailed {
    return remembered(
        "bearer " + Credential.hash(credential),
        now ->
            registry.ask(
                sql -> {
                  Token token = new Tokens(sql).find(credential);
                  if (token != null) {
                    return token.holds(now) ? caller(sql, token.person(), token, null) : null;
                  }
                  String person = new Doors(sql).bySecret(credential);
                  return person == null ? null : caller(sql, person, null, null);
                }));
  }

  @Override
  public @Nullable Caller bySession(String session)
      throws IOException, FormatException, CheckFailed {
    return remembered(
        "session " + Credential.hash(session),
        now ->
            registry.ask(
                sql -> {
                  String person = new Doors(sql).bySession(session, now);
                  return person == null ? null : caller(sql, person, null, session);
                }));
  }

  private interface LookUp {
    @Nullable Caller at(Instant now) throws IOException, FormatException, CheckFailed;
  }

  private @Nullable Caller remembered(String key, LookUp lookUp)
      throws IOException, FormatException, CheckFailed {
    Instant now = clock.instant();
    Remembered known = remembered.get(key);
    if (known != null && now.isBefore(known.until())) {
      return known.caller();
    }
    Caller caller = lookUp.at(now);
    if (caller == null) {
      remembered.remove(key);
      return null;
    }
    if (remembered.size() >= MOST) {
      remembered.clear();
    }
    Instant until = now.plus(REMEMBERED);
    Token token = caller.token();
    remembered.put(
        key,
        new Remembered(
            caller, token != null && token.expires().isBefore(until) ? token.expires() : until));
    return caller;
  }

  private static @Nullable Caller caller(
      Sql sql, String id, @Nullable Token token, @Nullable String session) throws IOException {
    Persons.Person person = new Persons(sql).byId(id);
    if (person == null || person.removed()) {
      return null;
    }
    Set<Role> roles = EnumSet.noneOf(Role.class);
    for (String word : person.roles()) {
      Role role = Role.ofWord(word);
      if (role != null) {
        roles.add(role);
      }
    }
    if (token != null) {
      Collection<Role> granted = token.roles();
      roles.removeIf(role -> !granted.contains(role));
    }
    return new Caller(id, person.service(), roles, token, session);
  }
}
