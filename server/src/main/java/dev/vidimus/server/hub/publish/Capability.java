package dev.vidimus.server.hub.publish;

import dev.vidimus.artifact.Digest;
import dev.vidimus.server.http.Exchange;
import dev.vidimus.server.http.Parameters;
import dev.vidimus.server.http.PercentCode;
import dev.vidimus.server.http.Problem;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Addresses that open themselves: clients send no credentials to the address of an upload. One is
/// for exactly one object of one repository, for a while, and dies with this process.
final class Capability {
  private static final Duration HOLDS = Duration.ofHours(1);
  private static final String ALGORITHM = "HmacSHA256";

  private final SecretKeySpec key;
  private final InstantSource clock;

  Capability(InstantSource clock) {
    byte[] secret = new byte[32];
    new SecureRandom().nextBytes(secret);
    this.key = new SecretKeySpec(secret, ALGORITHM);
    this.clock = clock;
  }

  /// What an address is for.
  ///
  /// @param verb what is done there: `object`, `part`, `complete` or `verify`
  /// @param repository name in the registry
  /// @param oid SHA-256 of the whole object
  /// @param size of the whole object in bytes
  /// @param part number of the part, from 1; 0 if it is about the whole
  record Grant(String verb, String repository, Digest oid, long size, int part) {
    private String text(long expires) {
      return String.join(
          "\n",
          verb,
          repository,
          oid.hex(),
          Long.toString(size),
          Integer.toString(part),
          Long.toString(expires));
    }
  }

  /// The path and query of an address.
  String path(Grant grant) {
    long expires = clock.instant().plus(HOLDS).getEpochSecond();
    return "/lfs/"
        + grant.verb()
        + "/"
        + grant.oid().hex()
        + "?repository="
        + PercentCode.encode(grant.repository())
        + "&size="
        + grant.size()
        + "&part="
        + grant.part()
        + "&expires="
        + expires
        + "&signature="
        + sign(grant.text(expires));
  }

  /// What the address of a request is for.
  ///
  /// @throws Problem if we did not make it, or it does not hold any more
  Grant require(String verb, Exchange exchange) throws Problem {
    Parameters query = exchange.query();
    try {
      Grant grant =
          new Grant(
              verb,
              query.text("repository"),
              Digest.ofHex(exchange.segment("oid")),
              Long.parseLong(query.text("size")),
              Integer.parseInt(query.text("part")));
      long expires = Long.parseLong(query.text("expires"));
      byte[] given = query.text("signature").getBytes(StandardCharsets.UTF_8);
      byte[] wanted = sign(grant.text(expires)).getBytes(StandardCharsets.UTF_8);
      if (MessageDigest.isEqual(given, wanted)
          && Instant.ofEpochSecond(expires).isAfter(clock.instant())) {
        return grant;
      }
    } catch (IllegalArgumentException e) {
      // Said below.
    }
    throw Problem.forbidden("this address of an upload does not hold", "begin the upload anew");
  }

  private String sign(String text) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has " + ALGORITHM, e);
    }
  }
}
