package dev.vidimus.server.identity;

import dev.vidimus.artifact.FormatException;
import dev.vidimus.evidence.CheckFailed;
import dev.vidimus.evidence.keys.SigningKey;
import dev.vidimus.registry.Registry;
import dev.vidimus.registry.home.KeyRing;
import dev.vidimus.registry.lifecycle.Actor;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import org.jspecify.annotations.Nullable;

/// The keys with which people answer for what they do here. A key that lies here is sealed with its
/// person's secret, and is opened for one act only; the one of whoever owns the home may lie open.
public final class Signers {
  private final KeyRing keys;

  public Signers(Registry registry) {
    this.keys = new KeyRing(registry.home());
  }

  /// Whoever asks, with their key.
  ///
  /// @param secret of theirs, or null if they gave none
  /// @throws CheckFailed if a machine asks, or the secret does not open the key
  public Actor actor(Caller caller, @Nullable String secret) throws IOException, CheckFailed {
    if (!caller.isKnown() || caller.service()) {
      throw new CheckFailed("actor", "a person: services sign for nobody", caller.name());
    }
    char[] passphrase = secret == null || secret.isEmpty() ? null : secret.toCharArray();
    try {
      SigningKey key = keys.person(caller.id(), passphrase);
      return new Actor(caller.id(), key);
    } catch (FormatException e) {
      throw new CheckFailed(
          "passphrase",
          "the secret of " + caller.id() + ", which seals their key",
          passphrase == null ? "none" : "another");
    } catch (NoSuchFileException e) {
      throw new CheckFailed(
          "passphrase", "the key of " + caller.id() + " on this server", "none: sign with the CLI");
    }
  }
}
