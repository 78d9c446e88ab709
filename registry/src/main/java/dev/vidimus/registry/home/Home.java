package dev.vidimus.registry.home;

import java.nio.file.Files;
import java.nio.file.Path;

/// The layout of `VIDIMUS_HOME`:
///
/// ```text
/// ledger/          tiles, checkpoint and envelopes: the truth
/// vidimus.db       the projection of the ledger: can be made again from it
/// blobs/           what was admitted, by digest
/// keys/            log, gate, servers and the people of this machine; 0700, each file 0600
/// people.tsv       display names, outside the log, so that a person can be forgotten
/// results/         what scans found, by the digest of the file; can be deleted
/// tmp/             unfinished intakes; collected on the next start
/// ```
///
/// @param root the folder; need not exist
public record Home(Path root) {
  /// The ledger's folder.
  public Path ledger() {
    return root.resolve("ledger");
  }

  /// The database.
  public Path database() {
    return root.resolve("vidimus.db");
  }

  /// The blob store's folder.
  public Path blobs() {
    return root.resolve("blobs");
  }

  /// Results of scans.
  public Path results() {
    return root.resolve("results");
  }

  /// What is known against packages, as `vidimus advisories import` left it.
  public Path advisories() {
    return root.resolve("advisories");
  }

  /// Where unfinished things lie.
  public Path temporary() {
    return root.resolve("tmp");
  }

  /// The folder of keys.
  public Path keys() {
    return root.resolve("keys");
  }

  /// Signs checkpoints, and nothing else.
  public Path logKey() {
    return keys().resolve("log.pem");
  }

  /// The public half of [#logKey] with the log's name.
  public Path logVkey() {
    return keys().resolve("log.vkey");
  }

  /// Signs reports and decisions.
  public Path gateKey() {
    return keys().resolve("gate.pem");
  }

  /// What servers seal with that they hand out and take back.
  public Path serverKey() {
    return keys().resolve("server.key");
  }

  /// A person's own key, if it lies on this machine.
  public Path personKey(String id) {
    return keys().resolve("people").resolve(id + ".pem");
  }

  /// A person's key under a new passphrase, until it takes the place of [#personKey].
  public Path nextKey(String id) {
    return keys().resolve("people").resolve(id + ".next.pem");
  }

  /// Display names of people.
  public Path names() {
    return root.resolve("people.tsv");
  }

  /// Whether there is a registry.
  public boolean exists() {
    return Files.exists(ledger().resolve("checkpoint"));
  }
}
