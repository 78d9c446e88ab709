package dev.vidimus.registry.examine;

import dev.vidimus.artifact.Bytes;
import dev.vidimus.artifact.Digest;
import dev.vidimus.artifact.FormatException;
import dev.vidimus.artifact.json.JsonValue.JsonObject;
import dev.vidimus.evidence.keys.VerifyingKey;
import dev.vidimus.evidence.sigstore.BundleTrust;
import dev.vidimus.evidence.trust.TrustedRoot;
import dev.vidimus.policy.PolicyBundle;
import dev.vidimus.policy.TrustedIssuer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// `trust.yaml` of a policy, ready to verify with. Verifying is for examiners; whether what they
/// verified then still counts is asked anew at every decision, with [#still].
public final class Trust {
  /// Somebody who is trusted.
  ///
  /// @param who and for what
  /// @param with what their signatures are verified
  public record Issuer(TrustedIssuer who, BundleTrust with) {}

  private final List<Issuer> issuers;

  private Trust(List<Issuer> issuers) {
    this.issuers = List.copyOf(issuers);
  }

  /// The trust of a bundle.
  ///
  /// @throws FormatException if a key or a trusted root cannot be read
  public static Trust of(PolicyBundle bundle) throws FormatException {
    List<Issuer> issuers = new ArrayList<>();
    Map<String, TrustedRoot> roots = new HashMap<>();
    for (TrustedIssuer who : bundle.trusted()) {
      if (who.isKey()) {
        VerifyingKey key = VerifyingKey.ofPem(who.pem(), who.place() + ": key");
        issuers.add(new Issuer(who, new BundleTrust.Key(key, null)));
      } else {
        TrustedRoot root = roots.get(who.rootFile());
        if (root == null) {
          root = root(bundle, who);
          roots.put(who.rootFile(), root);
        }
        issuers.add(new Issuer(who, new BundleTrust.Identity(root, who.identity(), who.issuer())));
      }
    }
    return new Trust(issuers);
  }

  private static TrustedRoot root(PolicyBundle bundle, TrustedIssuer who) throws FormatException {
    byte[] bytes = bundle.files().get(who.rootFile());
    if (bytes == null) {
      throw new FormatException.Malformed(who.place(), 0, "no file " + who.rootFile());
    }
    try {
      return TrustedRoot.read(Bytes.of(bytes), who.rootFile());
    } catch (IOException e) {
      throw new IllegalStateException("bytes in memory could not be read", e);
    }
  }

  /// Whoever may issue a predicate type.
  List<Issuer> whoMay(String predicateType) {
    return issuers.stream().filter(one -> one.who().may().contains(predicateType)).toList();
  }

  /// Digest over everyone, so that two examinations can be compared.
  String digest() {
    StringBuilder all = new StringBuilder();
    for (Issuer one : issuers) {
      all.append(one.who().identity()).append('\n').append(one.who().issuer()).append('\n');
      all.append(one.who().may()).append(one.who().builders()).append('\n').append(key(one));
    }
    return Digest.sha256(all.toString().getBytes(StandardCharsets.UTF_8)).toString();
  }

  /// Short name of an issuer's key, or of an identity's issuer.
  static String key(Issuer issuer) {
    return issuer.with() instanceof BundleTrust.Key(VerifyingKey key, TrustedRoot root)
        ? key.hint()
        : issuer.who().issuer();
  }

  /// Whoever an examiner found to have signed, if they are still trusted to; null if they are not.
  ///
  /// @param signed what the examiner recorded: `identity`, and `key` or `issuer`
  public @Nullable TrustedIssuer still(JsonObject signed, String predicateType) {
    String identity = signed.string("identity");
    String issuer = signed.string("issuer");
    String key = issuer == null ? signed.string("key") : issuer;
    for (Issuer one : whoMay(predicateType)) {
      if (one.who().identity().equals(identity)
          && one.who().isKey() == (issuer == null)
          && key(one).equals(key)) {
        return one.who();
      }
    }
    return null;
  }
}
