package dev.vidimus.server.identity;

import dev.vidimus.artifact.Bytes;
import dev.vidimus.artifact.Digest;
import dev.vidimus.artifact.FormatException;
import dev.vidimus.artifact.json.Json;
import dev.vidimus.artifact.json.JsonLimits;
import dev.vidimus.artifact.json.JsonValue.JsonObject;
import dev.vidimus.artifact.json.JsonWriter;
import dev.vidimus.evidence.CheckFailed;
import dev.vidimus.evidence.dsse.Envelope;
import dev.vidimus.evidence.keys.VerifyingKey;
import dev.vidimus.registry.Registry;
import dev.vidimus.registry.access.Credential;
import dev.vidimus.registry.access.Logins;
import dev.vidimus.registry.home.ServerKey;
import dev.vidimus.registry.question.Persons;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/// People who come in with the key by which the ledger knows them, and which never leaves their
/// machine: they sign a challenge, and get a ticket that opens one session.
///
/// A challenge is for one server by its address. Whoever signs compares that with the address that
/// they typed, so that nobody in between can have one of ours signed for themselves. Nothing is
/// kept of a challenge until somebody who is known answered it.
public final class KeyLogin {
  /// The type of what is signed, in DSSE's encoding: no statement of the ledger has it.
  public static final String TYPE = "application/vnd.vidimus.login.v1+json";

  /// How long a challenge may wait for its answer.
  public static final Duration CHALLENGE = Duration.ofMinutes(5);

  /// How long a ticket opens a session.
  public static final Duration TICKET = Duration.ofMinutes(2);

  private static final String PURPOSE = "login";
  private static final JsonLimits LIMITS = new JsonLimits(4_096, 2, 100, 4_096, 20);

  private final Registry registry;
  private final ServerKey key;
  private final InstantSource clock;

  public KeyLogin(Registry registry, ServerKey key, InstantSource clock) {
    this.registry = registry;
    this.key = key;
    this.clock = clock;
  }

  /// A new challenge: the very text that is to be signed.
  ///
  /// @param origin address of this server
  public String challenge(String origin) {
    Instant expires = clock.instant().plus(CHALLENGE).truncatedTo(ChronoUnit.SECONDS);
    String nonce = Credential.session();
    JsonWriter json = new JsonWriter().object().name("origin").string(origin);
    json.name("nonce").string(nonce).name("expires").string(expires.toString());
    json.name("seal").string(key.seal(PURPOSE, sealed(origin, nonce, expires.toString())));
    return json.endObject().toString();
  }

  private static String sealed(String origin, String nonce, String expires) {
    return String.join("\n", origin, nonce, expires);
  }

  /// Takes the answer to a challenge.
  ///
  /// @param origin address of this server
  /// @param challenge as it was given
  /// @param hint of the key, see [VerifyingKey#hint]
  /// @param signature over DSSE's encoding of [#TYPE] and the challenge
  /// @return a ticket
  /// @throws CheckFailed if it is no answer to an open challenge of ours by one person's key
  public String answer(String origin, String challenge, String hint, byte[] signature)
      throws IOException, FormatException, CheckFailed {
    byte[] text = challenge.getBytes(StandardCharsets.UTF_8);
    Open open = open(origin, text);
    Known person = known(hint);
    person.key().require(Envelope.pae(TYPE, text), signature);
    String ticket = Credential.session();
    Instant now = clock.instant();
    boolean first =
        registry.keep(
            sql ->
                new Logins(sql)
                    .answer(
                        open.nonce(), ticket, person.id(), now.plus(TICKET), open.expires(), now));
    if (!first) {
      throw new CheckFailed("challenge", "one that was not answered before", "one that was");
    }
    return ticket;
  }

  private record Open(String nonce, Instant expires) {}

  private Open open(String origin, byte[] text) throws IOException, FormatException, CheckFailed {
    if (!(Json.parse(Bytes.of(text), "challenge", LIMITS) instanceof JsonObject object)) {
      throw new CheckFailed("challenge", "a JSON object", "something else");
    }
    String itsOrigin = String.valueOf(object.string("origin"));
    String nonce = String.valueOf(object.string("nonce"));
    String expires = String.valueOf(object.string("expires"));
    String seal = String.valueOf(object.string("seal"));
    if (!key.sealed(PURPOSE, sealed(itsOrigin, nonce, expires), seal)) {
      throw new CheckFailed("challenge", "one of this server", "another");
    }
    if (!itsOrigin.equals(origin)) {
      throw new CheckFailed("challenge", "one for " + origin, "one for " + itsOrigin);
    }
    try {
      Instant end = Instant.parse(expires);
      if (end.isAfter(clock.instant())) {
        return new Open(nonce, end);
      }
    } catch (DateTimeException e) {
      throw new IllegalStateException("sealed a time that is none", e);
    }
    throw new CheckFailed("challenge", "one that did not expire", "one that did at " + expires);
  }

  private record Known(String id, VerifyingKey key) {}

  /// The one person whose key it is.
  private Known known(String hint) throws IOException, FormatException, CheckFailed {
    @Nullable Known found = null;
    for (Persons.Person person : registry.ask(sql -> new Persons(sql).all())) {
      // The ledger has each key's one PEM text, whose digest is the hint: only one key is parsed.
      byte[] pem = person.key().getBytes(StandardCharsets.UTF_8);
      if (!person.removed() && !person.service() && Digest.sha256(pem).hex().equals(hint)) {
        if (found != null) {
          throw new CheckFailed("key", "one of one person", "one of several");
        }
        found = new Known(person.id(), VerifyingKey.ofPem(person.key(), "key of " + person.id()));
      }
    }
    if (found == null) {
      throw new CheckFailed("key", "one of a person who is known here", "another");
    }
    return found;
  }

  /// Whom a ticket is for that still opens, or null.
  public @Nullable String of(String ticket) throws IOException, FormatException, CheckFailed {
    Instant now = clock.instant();
    return registry.ask(sql -> new Logins(sql).of(ticket, now));
  }

  /// Uses a ticket up; whom it is for, or null.
  public @Nullable String use(String ticket) throws IOException {
    Instant now = clock.instant();
    return registry.keep(sql -> new Logins(sql).use(ticket, now));
  }
}
