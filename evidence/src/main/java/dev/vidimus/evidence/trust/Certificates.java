package dev.vidimus.evidence.trust;

import dev.vidimus.artifact.FormatException;
import dev.vidimus.evidence.keys.Pem;
import java.io.ByteArrayInputStream;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;

/// Reads X.509 certificates.
public final class Certificates {
  private static final int MOST_BYTES = 1 << 16;

  private Certificates() {}

  /// One certificate in DER.
  public static X509Certificate ofDer(byte[] der, String where) throws FormatException {
    if (der.length > MOST_BYTES) {
      throw new FormatException.LimitExceeded(
          where, 0, "a certificate of " + der.length + " bytes, over " + MOST_BYTES);
    }
    // The factory would also take PEM, PKCS#7 and junk behind the certificate.
    if (der.length == 0 || der[0] != 0x30) {
      throw new FormatException.Malformed(where, 0, "is no certificate in DER");
    }
    try {
      X509Certificate certificate =
          (X509Certificate)
              CertificateFactory.getInstance("X.509")
                  .generateCertificate(new ByteArrayInputStream(der));
      if (certificate.getEncoded().length != der.length) {
        throw new FormatException.Malformed(where, 0, "has bytes behind its certificate");
      }
      return certificate;
    } catch (CertificateException e) {
      throw new FormatException.Malformed(where, 0, "is no certificate: " + e.getMessage());
    }
  }

  /// Every certificate of a PEM text, at least one.
  public static List<X509Certificate> ofPem(String text, String where) throws FormatException {
    List<X509Certificate> certificates = new ArrayList<>();
    for (Pem block : Pem.read(text, where)) {
      if (block.label().equals("CERTIFICATE")) {
        certificates.add(ofDer(block.der(), where));
      }
    }
    if (certificates.isEmpty()) {
      throw new FormatException.Malformed(where, 0, "has no PEM block CERTIFICATE");
    }
    return certificates;
  }
}
