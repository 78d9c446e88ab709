package dev.vidimus.evidence.sigstore;

import dev.vidimus.artifact.Digest;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERUTF8String;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/// An authority of our own: a root, and leaves as Fulcio and a time-stamping authority make them.
final class ForgedCertificates {
  static final ASN1ObjectIdentifier ISSUER = new ASN1ObjectIdentifier("1.3.6.1.4.1.57264.1.8");
  private static final ASN1ObjectIdentifier TIMESTAMPS =
      new ASN1ObjectIdentifier("1.3.6.1.4.1.11129.2.4.2");

  final KeyPair key = ForgedKeys.generate("EC");
  final X509Certificate root;
  private final X500Name name;
  int serial = 1;

  ForgedCertificates(String name, Instant from, Instant to) throws Exception {
    this.name = new X500Name("CN=" + name);
    X509v3CertificateBuilder builder = builder(this.name, key, from, to);
    builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(true));
    builder.addExtension(
        Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
    root = sign(builder);
  }

  private X509v3CertificateBuilder builder(X500Name subject, KeyPair pair, Instant from, Instant to)
      throws Exception {
    return new X509v3CertificateBuilder(
        name,
        BigInteger.valueOf(serial),
        Date.from(from),
        Date.from(to),
        subject,
        SubjectPublicKeyInfo.getInstance(pair.getPublic().getEncoded()));
  }

  private X509Certificate sign(X509v3CertificateBuilder builder) throws Exception {
    return new JcaX509CertificateConverter()
        .getCertificate(
            builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(key.getPrivate())));
  }

  /// A stamping leaf.
  X509Certificate stamping(KeyPair pair, Instant from, Instant to, boolean critical)
      throws Exception {
    serial++;
    X509v3CertificateBuilder builder = builder(new X500Name("CN=stamps"), pair, from, to);
    builder.addExtension(
        Extension.extendedKeyUsage,
        critical,
        new ExtendedKeyUsage(KeyPurposeId.id_kp_timeStamping));
    return sign(builder);
  }

  /// A leaf of ten minutes for an identity.
  ///
  /// @param log of certificates that promises to have it, or null
  X509Certificate leaf(
      KeyPair pair,
      GeneralName identity,
      String issuer,
      Instant from,
      KeyPurposeId purpose,
      ForgedKeys log)
      throws Exception {
    serial++;
    X509v3CertificateBuilder builder =
        builder(new X500Name(new org.bouncycastle.asn1.x500.RDN[0]), pair, from, until(from));
    builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
    builder.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(purpose));
    builder.addExtension(Extension.subjectAlternativeName, true, new GeneralNames(identity));
    builder.addExtension(ISSUER, false, new DERUTF8String(issuer));
    if (log != null) {
      byte[] precertificate = sign(builder).getTBSCertificate();
      builder.addExtension(
          TIMESTAMPS, false, new DEROctetString(timestamps(log, from, precertificate)));
    }
    return sign(builder);
  }

  private static Instant until(Instant from) {
    return from.plus(Duration.ofMinutes(10));
  }

  private byte[] timestamps(ForgedKeys log, Instant at, byte[] precertificate) {
    byte[] signed =
        ByteBuffer.allocate(2 + 8 + 2 + 32 + 3 + precertificate.length + 2)
            .putShort((short) 0)
            .putLong(at.toEpochMilli())
            .putShort((short) 1)
            .put(Digest.sha256(key.getPublic().getEncoded()).bytes())
            .put((byte) 0)
            .putShort((short) precertificate.length)
            .put(precertificate)
            .putShort((short) 0)
            .array();
    byte[] signature = log.sign(signed);
    int length = 1 + 32 + 8 + 2 + 2 + 2 + signature.length;
    return ByteBuffer.allocate(4 + length)
        .putShort((short) (2 + length))
        .putShort((short) length)
        .put((byte) 0)
        .put(log.id().bytes())
        .putLong(at.toEpochMilli())
        .putShort((short) 0)
        .put((byte) 4)
        .put((byte) (log.algorithm().endsWith("RSA") ? 1 : 3))
        .putShort((short) signature.length)
        .put(signature)
        .array();
  }

  static X509CertificateHolder holder(X509Certificate certificate) throws Exception {
    return new X509CertificateHolder(certificate.getEncoded());
  }

  static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
