package dev.vidimus.server.hub.publish;

import dev.vidimus.artifact.Digest;
import dev.vidimus.registry.home.ServerKey;
import dev.vidimus.server.http.Exchange;
import dev.vidimus.server.http.Parameters;
import dev.vidimus.server.http.PercentCode;
import dev.vidimus.server.http.Problem;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/// Addresses that open themselves: clients send no credentials to the address of an upload. One is
/// for exactly one object of one repository, for a while, at every server over the same home.
final class Capability {
  private static final Duration HOLDS = Duration.ofHours(1);
  private static final String PURPOSE = "upload";

  private final ServerKey key;
  private final InstantSource clock;

  Capability(ServerKey key, InstantSource clock) {
    this.key = key;
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
        + key.seal(PURPOSE, grant.text(expires));
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
      if (key.sealed(PURPOSE, grant.text(expires), query.text("signature"))
          && Instant.ofEpochSecond(expires).isAfter(clock.instant())) {
        return grant;
      }
    } catch (IllegalArgumentException e) {
      // Said below.
    }
    throw Problem.forbidden("this address of an upload does not hold", "begin the upload anew");
  }
}
