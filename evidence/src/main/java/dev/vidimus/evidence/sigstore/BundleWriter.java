package dev.vidimus.evidence.sigstore;

import dev.vidimus.artifact.json.JsonWriter;
import dev.vidimus.evidence.dsse.Envelope;
import dev.vidimus.evidence.keys.VerifyingKey;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.List;

/// Writes bundles of version 0.3 that were signed with a key, without an entry in a log.
public final class BundleWriter {
  private BundleWriter() {}

  /// The bundle of an envelope.
  ///
  /// @param key that signed it
  /// @param chain its certificates, the key's own first, or none to name the signer by the key's
  /// hint. Roots are left out
  public static byte[] write(Envelope envelope, VerifyingKey key, List<X509Certificate> chain) {
    JsonWriter json = new JsonWriter().object().name("mediaType").string(Bundle.V0_3);
    json.name("verificationMaterial").object();
    if (chain.isEmpty()) {
      json.name("publicKey").object().name("hint").string(key.hint()).endObject();
    } else {
      json.name("x509CertificateChain").object().name("certificates").array();
      for (int i = 0; i < chain.size(); i++) {
        // The verifier has its own roots, and one from a bundle counts for nothing.
        if (i == 0 || !isRoot(chain.get(i))) {
          json.object().name("rawBytes").string(der(chain.get(i))).endObject();
        }
      }
      json.endArray().endObject();
    }
    json.name("tlogEntries").array().endArray().endObject().name("dsseEnvelope");
    envelope.write(json);
    return json.endObject().toString().getBytes(StandardCharsets.UTF_8);
  }

  private static boolean isRoot(X509Certificate certificate) {
    return certificate.getSubjectX500Principal().equals(certificate.getIssuerX500Principal());
  }

  private static String der(X509Certificate certificate) {
    try {
      return Base64.getEncoder().encodeToString(certificate.getEncoded());
    } catch (CertificateEncodingException e) {
      throw new IllegalStateException("a certificate that was read cannot be written", e);
    }
  }
}
