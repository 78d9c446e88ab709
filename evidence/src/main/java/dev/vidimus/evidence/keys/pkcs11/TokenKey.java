package dev.vidimus.evidence.keys.pkcs11;

import dev.vidimus.artifact.FormatException;
import dev.vidimus.evidence.keys.SigningKey;
import dev.vidimus.evidence.keys.VerifyingKey;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.InvalidParameterException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.ProviderException;
import java.security.Security;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A key pair in a token. The private key never leaves it: what signs is the token.
///
/// SunPKCS11 finds a private key by the certificate that has the same id; a self-signed one will
/// do. Without any it does not see the key.
public final class TokenKey {
  private static final String PROVIDER = "SunPKCS11";

  private TokenKey() {}

  /// Logs in and takes the key that the URI names, by its certificate's label, its id, or both;
  /// without `object` and `id`, the only one.
  ///
  /// @param pin of the user
  /// @throws FormatException if no token or key is so named, or several are, or it is of no scheme
  /// @throws IOException if the module fails or does not take the PIN
  public static SigningKey open(Pkcs11Uri uri, char[] pin) throws FormatException, IOException {
    String module = String.valueOf(uri.get("module-path"));
    if (module.chars().anyMatch(c -> c < ' ' || c == '"' || c == '$')) {
      throw new FormatException.Unsupported("module-path", 0, "with such characters");
    }
    Path library = Path.of(module).toAbsolutePath();
    TokenSlot slot = slot(uri, TokenSlots.of(library));
    byte[] id = uri.id();
    List<byte[]> ofId = id == null ? null : TokenCertificates.withId(library, slot.id(), id);
    try {
      Provider provider = provider(library, slot);
      KeyStore store = KeyStore.getInstance("PKCS11", provider);
      open(uri, store, pin);
      String alias = alias(uri, store, ofId);
      Certificate certificate = store.getCertificate(alias);
      VerifyingKey verifying =
          VerifyingKey.ofDer(certificate.getPublicKey().getEncoded(), uri.toString());
      PrivateKey key = (PrivateKey) store.getKey(alias, null);
      return new SigningKey(key, verifying, provider);
    } catch (GeneralSecurityException | ProviderException e) {
      throw new IOException(uri + ": " + e.getMessage(), e);
    }
  }

  private static void open(Pkcs11Uri uri, KeyStore store, char[] pin)
      throws IOException, GeneralSecurityException {
    try {
      store.load(null, pin);
    } catch (IOException e) {
      Throwable reason = e; // the code of PKCS#11 lies at the bottom: CKR_PIN_INCORRECT
      while (reason.getCause() != null) {
        reason = reason.getCause();
      }
      throw new IOException(uri + " does not open: " + reason.getMessage(), e);
    }
  }

  private static TokenSlot slot(Pkcs11Uri uri, List<TokenSlot> slots) throws FormatException {
    List<TokenSlot> matching = slots.stream().filter(slot -> slot.matches(uri)).toList();
    if (matching.size() != 1) {
      throw new FormatException.Unsupported(
          uri.toString(), 0, "names " + matching.size() + " tokens, not one, of " + slots);
    }
    return matching.getFirst();
  }

  private static Provider provider(Path library, TokenSlot slot) throws IOException {
    Provider base = Security.getProvider(PROVIDER);
    if (base == null) {
      throw new IOException("this Java platform lacks " + PROVIDER);
    }
    try {
      return base.configure(
          "--name = vidimus\nlibrary = \"" + library + "\"\nslot = " + slot.id() + "\n");
    } catch (InvalidParameterException e) {
      throw new IOException(library + ": " + e.getMessage(), e);
    }
  }

  /// @param ofId certificates that have the id, or null for any
  private static String alias(Pkcs11Uri uri, KeyStore store, @Nullable List<byte[]> ofId)
      throws FormatException, GeneralSecurityException {
    List<String> keys = new ArrayList<>();
    for (String alias : Collections.list(store.aliases())) {
      if (store.isKeyEntry(alias) && store.getCertificate(alias) != null) {
        keys.add(alias);
      }
    }
    String object = uri.get("object");
    List<String> named = new ArrayList<>();
    for (String key : keys) {
      byte[] certificate = store.getCertificate(key).getEncoded();
      if ((object == null || isLabel(object, key))
          && (ofId == null || ofId.stream().anyMatch(one -> Arrays.equals(one, certificate)))) {
        named.add(key);
      }
    }
    if (named.size() != 1) {
      throw new FormatException.Unsupported(
          uri.toString(),
          0,
          "names "
              + named.size()
              + " keys that have a certificate, not one, of "
              + keys
              + "; a key without a certificate of the same id is not seen");
    }
    return named.getFirst();
  }

  /// Where several certificates have one label, the provider adds their issuer and number.
  private static boolean isLabel(String label, String alias) {
    return alias.equals(label) || alias.startsWith(label + "/");
  }
}
