package dev.vidimus.registry.home;

import dev.vidimus.artifact.FormatException;
import dev.vidimus.evidence.keys.KeyFile;
import dev.vidimus.evidence.keys.SigningKey;
import dev.vidimus.evidence.ledger.LedgerKeys;
import dev.vidimus.evidence.ledger.note.Algorithm;
import dev.vidimus.evidence.ledger.note.SignerKey;
import dev.vidimus.evidence.ledger.note.VerifierKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.StandardCopyOption;
import org.jspecify.annotations.Nullable;

/// The keys of a home, each for one purpose.
public final class KeyRing {
  private final Home home;

  public KeyRing(Home home) {
    this.home = home;
  }

  /// What checkpoints are verified with.
  public VerifierKey logVerifier() throws IOException, FormatException {
    return VerifierKey.parse(Files.readString(home.logVkey()));
  }

  /// What signs checkpoints.
  public LedgerKeys log() throws IOException, FormatException {
    return new LedgerKeys(
        SignerKey.of(logVerifier().name(), Algorithm.ED25519, KeyFile.read(home.logKey(), null)));
  }

  /// What signs reports and decisions.
  public SigningKey gate() throws IOException, FormatException {
    return KeyFile.read(home.gateKey(), null);
  }

  /// A person's key.
  ///
  /// @throws IOException if it does not lie here
  /// @throws FormatException if it needs another passphrase
  public SigningKey person(String id, char @Nullable [] passphrase)
      throws IOException, FormatException {
    if (Files.exists(home.nextKey(id))) {
      try {
        SigningKey key = KeyFile.read(home.nextKey(id), passphrase);
        settle(id); // whoever should have done it was killed before
        return key;
      } catch (FormatException | NoSuchFileException e) {
        // Not its passphrase: nobody was told that one.
      }
    }
    return KeyFile.read(home.personKey(id), passphrase);
  }

  /// Puts a person's key under its new passphrase into the place of the old one.
  public void settle(String id) throws IOException {
    Files.move(home.nextKey(id), home.personKey(id), StandardCopyOption.ATOMIC_MOVE);
  }
}
