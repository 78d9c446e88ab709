package dev.vidimus.evidence.ledger;

import dev.vidimus.evidence.ledger.note.Algorithm;
import dev.vidimus.evidence.ledger.note.SignerKey;
import dev.vidimus.evidence.ledger.note.VerifierKey;
import dev.vidimus.evidence.ledger.tlog.TileSource;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;

/// A ledger for tests: a folder, a key that is the same in every process, a clock that stands.
final class LedgerFolder {
  static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-11-21T10:00:00Z"));

  // The first key of RFC 8032, section 7.1.
  private static final String PRIVATE =
      "302e020100300506032b657004220420"
          + "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60";
  private static final String PUBLIC =
      "302a300506032b6570032100"
          + "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a";

  static final LedgerKeys KEYS = new LedgerKeys(key("example.com/log"));
  static final VerifierKey KEY = KEYS.log().verifier();

  final Path folder;

  LedgerFolder(Path folder) {
    this.folder = folder;
  }

  static SignerKey key(String name) {
    try {
      KeyFactory factory = KeyFactory.getInstance("Ed25519");
      HexFormat hex = HexFormat.of();
      KeyPair pair =
          new KeyPair(
              factory.generatePublic(new X509EncodedKeySpec(hex.parseHex(PUBLIC))),
              factory.generatePrivate(new PKCS8EncodedKeySpec(hex.parseHex(PRIVATE))));
      return SignerKey.of(name, Algorithm.ED25519, pair);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  static byte[] envelope(String text) {
    return ("{\"payload\":\"" + text + "\"}").getBytes(StandardCharsets.UTF_8);
  }

  static Entry entry(byte[] envelope) {
    return Entry.about(envelope, "inspection", CLOCK.instant(), "p-1", List.of("sha256:00"));
  }

  TileSource reader() {
    return PosixStorage.reader(folder);
  }

  /// A new ledger with entries, each appended alone.
  static LedgerFolder with(Path folder, int entries) throws Exception {
    LedgerFolder ledger = new LedgerFolder(folder);
    new LedgerCommands(folder).init(KEYS, CLOCK);
    ledger.append(0, entries);
    return ledger;
  }

  void append(int from, int to) throws Exception {
    try (PosixStorage storage = PosixStorage.exclusive(folder);
        Ledger ledger = Ledger.open(storage, KEYS, CLOCK)) {
      for (int i = from; i < to; i++) {
        byte[] envelope = envelope("statement " + i);
        ledger.append(entry(envelope), envelope);
      }
    }
  }

  Path file(String path) {
    return folder.resolve(path);
  }

  void flip(String path, int bit) throws IOException {
    byte[] bytes = Files.readAllBytes(file(path));
    bytes[bit / 8] ^= (byte) (1 << bit % 8);
    Files.write(file(path), bytes);
  }
}
