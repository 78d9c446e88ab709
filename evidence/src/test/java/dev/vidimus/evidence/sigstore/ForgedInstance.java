package dev.vidimus.evidence.sigstore;

import dev.vidimus.artifact.Bytes;
import dev.vidimus.artifact.Digest;
import dev.vidimus.artifact.json.JsonWriter;
import dev.vidimus.evidence.dsse.Envelope;
import dev.vidimus.evidence.keys.Pem;
import dev.vidimus.evidence.ledger.tlog.Merkle;
import dev.vidimus.evidence.trust.TrustedRoot;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.MessageDigest;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.cert.jcajce.JcaCertStore;
import org.bouncycastle.cms.jcajce.JcaSimpleSignerInfoGeneratorBuilder;
import org.bouncycastle.operator.jcajce.JcaDigestCalculatorProviderBuilder;
import org.bouncycastle.tsp.TSPAlgorithms;
import org.bouncycastle.tsp.TimeStampRequestGenerator;
import org.bouncycastle.tsp.TimeStampResponseGenerator;
import org.bouncycastle.tsp.TimeStampTokenGenerator;

/// An instance of Sigstore of our own, whose every part can be made wrong: change a field, then
/// make a bundle or the trusted root.
final class ForgedInstance {
  static final Instant SIGNED = Instant.parse("2026-03-01T12:00:00Z");
  static final Instant NOW = Instant.parse("2026-11-01T00:00:00Z");
  static final String ISSUER = "https://issuer.example.org";
  static final String EMAIL = "me@example.org";

  /// Long, because the attribute signingTime of the tokens that we make is the real time.
  private static final Duration AGE = Duration.ofDays(36500);

  private static final Base64.Encoder BASE64 = Base64.getEncoder();

  // What is trusted.
  final ForgedCertificates authority =
      new ForgedCertificates("authority", SIGNED.minus(AGE), SIGNED.plus(AGE));
  final ForgedCertificates stampAuthority =
      new ForgedCertificates("stamp authority", SIGNED.minus(AGE), SIGNED.plus(AGE));
  final KeyPair stampKey = ForgedKeys.generate("EC");
  X509Certificate stamping = stampLeaf(true);
  ForgedKeys certificateLog = ForgedKeys.ecdsa();
  ForgedKeys log = ForgedKeys.ecdsa();
  String logValidity = "{\"start\":\"2026-01-01T00:00:00Z\"}";
  String stampValidity = logValidity;
  String authorityValidity = logValidity;
  boolean hasCertificateLogs = true;
  boolean hasLogs = true;

  // What a signer does.
  final KeyPair key = ForgedKeys.generate("EC");
  GeneralName identity = new GeneralName(GeneralName.rfc822Name, EMAIL);
  KeyPurposeId purpose = KeyPurposeId.id_kp_codeSigning;
  Instant issuedAt = SIGNED.minusSeconds(60);
  ForgedKeys certificateLogUsed = certificateLog;
  ForgedKeys logUsed = log;
  String mediaType = Bundle.V0_3;
  String payload =
      "{\"_type\":\"https://in-toto.io/Statement/v1\",\"subject\":[{\"name\":\"x\",\"digest\":"
          + "{\"sha256\":\""
          + Digest.sha256(new byte[] {1}).hex()
          + "\"}}],\"predicateType\":\"https://example.org/p\",\"predicate\":{}}";
  String kind = "dsse";
  String version = "0.0.1";
  boolean hasPromise = true;
  boolean hasProof = true;
  boolean hasCheckpoint = true;
  boolean hasStamp;
  Instant integrated = SIGNED;
  Instant stamped = SIGNED;
  String stampHash = "SHA-256";
  String origin = "log.example.org - 1";
  String noteName = "log.example.org";
  String cosignatures = "";
  long checkpointSize = 1;
  byte[] stampedBytes;
  byte[] loggedSignature;
  byte[] loggedPayload;
  X509Certificate loggedLeaf;
  String more = "";

  ForgedInstance() throws Exception {}

  X509Certificate stampLeaf(boolean critical) throws Exception {
    return stampAuthority.stamping(stampKey, SIGNED.minus(AGE), SIGNED.plus(AGE), critical);
  }

  TrustedRoot root() throws Exception {
    String text =
        "{\"mediaType\":\"application/vnd.dev.sigstore.trustedroot+json;version=0.1\",\"tlogs\":["
            + (hasLogs ? log(log) : "")
            + "],\"ctlogs\":["
            + (hasCertificateLogs ? log(certificateLog) : "")
            + "],\"certificateAuthorities\":["
            + authority(List.of(authority.root), authorityValidity)
            + "],\"timestampAuthorities\":["
            + authority(List.of(stamping, stampAuthority.root), stampValidity)
            + "]}";
    return TrustedRoot.read(Bytes.of(text.getBytes(StandardCharsets.UTF_8)), "root");
  }

  private String log(ForgedKeys key) {
    return "{\"baseUrl\":\"https://log.example.org\",\"publicKey\":{\"rawBytes\":\""
        + BASE64.encodeToString(key.der())
        + "\",\"keyDetails\":\""
        + key.details()
        + "\",\"validFor\":"
        + logValidity
        + "},\"logId\":{\"keyId\":\""
        + BASE64.encodeToString(key.id().bytes())
        + "\"}}";
  }

  private static String authority(List<X509Certificate> chain, String validity) throws Exception {
    StringBuilder certificates = new StringBuilder();
    for (X509Certificate certificate : chain) {
      certificates.append(certificates.isEmpty() ? "" : ",").append(raw(certificate));
    }
    return "{\"certChain\":{\"certificates\":["
        + certificates
        + "]},\"validFor\":"
        + validity
        + "}";
  }

  private static String raw(X509Certificate certificate) throws Exception {
    return "{\"rawBytes\":\"" + BASE64.encodeToString(certificate.getEncoded()) + "\"}";
  }

  BundleTrust trust() throws Exception {
    return new BundleTrust.Identity(root(), EMAIL, ISSUER);
  }

  X509Certificate leaf() throws Exception {
    return authority.leaf(key, identity, ISSUER, issuedAt, purpose, certificateLogUsed);
  }

  Bundle bundle() throws Exception {
    return Bundle.read(Bytes.of(text().getBytes(StandardCharsets.UTF_8)), "bundle");
  }

  String text() throws Exception {
    X509Certificate leaf = leaf();
    byte[] payloadBytes = payload.getBytes(StandardCharsets.UTF_8);
    byte[] signature = sign(Envelope.pae(Envelope.IN_TOTO, payloadBytes));
    String certificate =
        mediaType.equals(Bundle.V0_3)
            ? "\"certificate\":" + raw(leaf)
            : "\"x509CertificateChain\":{\"certificates\":[" + raw(leaf) + "]}";
    return "{\"mediaType\":\""
        + mediaType
        + "\",\"verificationMaterial\":{"
        + certificate
        + ",\"tlogEntries\":["
        + (logUsed == null ? "" : entry(leaf, payloadBytes, signature))
        + "],\"timestampVerificationData\":{\"rfc3161Timestamps\":["
        + (hasStamp ? stamp(stampedBytes == null ? signature : stampedBytes) : "")
        + "]}},\"dsseEnvelope\":{\"payload\":\""
        + BASE64.encodeToString(payloadBytes)
        + "\",\"payloadType\":\""
        + Envelope.IN_TOTO
        + "\",\"signatures\":[{\"sig\":\""
        + BASE64.encodeToString(signature)
        + "\"}"
        + more
        + "]}}";
  }

  private byte[] sign(byte[] message) throws Exception {
    Signature signer = Signature.getInstance("SHA256withECDSA");
    signer.initSign(key.getPrivate());
    signer.update(message);
    return signer.sign();
  }

  private String entry(X509Certificate leaf, byte[] payloadBytes, byte[] signature)
      throws Exception {
    byte[] body =
        body(
                loggedLeaf == null ? leaf : loggedLeaf,
                loggedPayload == null ? payloadBytes : loggedPayload,
                loggedSignature == null ? signature : loggedSignature)
            .getBytes(StandardCharsets.UTF_8);
    String encoded = BASE64.encodeToString(body);
    String id = BASE64.encodeToString(logUsed.id().bytes());
    String root = BASE64.encodeToString(Merkle.leaf(body).bytes());
    String checkpoint = logUsed.note(origin + "\n" + checkpointSize + "\n" + root + "\n", noteName);
    checkpoint += cosignatures;
    String promise =
        "{\"body\":\""
            + encoded
            + "\",\"integratedTime\":"
            + integrated.getEpochSecond()
            + ",\"logID\":\""
            + logUsed.id().hex()
            + "\",\"logIndex\":7}";
    byte[] set = logUsed.sign(promise.getBytes(StandardCharsets.UTF_8));
    JsonWriter json = new JsonWriter().object().name("logIndex").string("7");
    json.name("logId").object().name("keyId").string(id).endObject();
    json.name("kindVersion").object().name("kind").string(kind);
    json.name("version").string(version).endObject();
    if (hasPromise) {
      json.name("integratedTime").string("" + integrated.getEpochSecond());
      json.name("inclusionPromise").object().name("signedEntryTimestamp");
      json.string(BASE64.encodeToString(set)).endObject();
    }
    if (hasProof) {
      json.name("inclusionProof").object().name("treeSize").string("1");
      json.name("rootHash").string(root);
      if (hasCheckpoint) {
        json.name("checkpoint").object().name("envelope").string(checkpoint).endObject();
      }
      json.endObject();
    }
    return json.name("canonicalizedBody").string(encoded).endObject().toString();
  }

  private String body(X509Certificate leaf, byte[] payloadBytes, byte[] signature)
      throws Exception {
    String head = "{\"apiVersion\":\"" + version + "\",\"kind\":\"" + kind + "\",\"spec\":{";
    String sig = BASE64.encodeToString(signature);
    String pem =
        BASE64.encodeToString(
            ForgedCertificates.ascii(new Pem("CERTIFICATE", leaf.getEncoded()).text()));
    String payloadHash =
        "\"payloadHash\":{\"algorithm\":\"sha256\",\"value\":\""
            + Digest.sha256(payloadBytes).hex()
            + "\"}";
    byte[] pae = Envelope.pae(Envelope.IN_TOTO, payloadBytes);
    return head
        + switch (kind + version) {
          case "dsse0.0.1" ->
              payloadHash
                  + ",\"signatures\":[{\"signature\":\""
                  + sig
                  + "\",\"verifier\":\""
                  + pem
                  + "\"}]";
          case "intoto0.0.2" ->
              "\"content\":{\"envelope\":{\"payloadType\":\""
                  + Envelope.IN_TOTO
                  + "\",\"signatures\":[{\"sig\":\""
                  + BASE64.encodeToString(ForgedCertificates.ascii(sig))
                  + "\",\"publicKey\":\""
                  + pem
                  + "\"}]},"
                  + payloadHash
                  + "}";
          case "hashedrekord0.0.2" ->
              "\"hashedRekordV002\":{\"data\":{\"algorithm\":\"SHA2_256\",\"digest\":\""
                  + BASE64.encodeToString(Digest.sha256(pae).bytes())
                  + "\"},\"signature\":{\"content\":\""
                  + sig
                  + "\",\"verifier\":{\"keyDetails\":\"PKIX_ECDSA_P256_SHA_256\","
                  + "\"x509Certificate\":"
                  + raw(leaf)
                  + "}}}";
          default ->
              "\"data\":{\"hash\":{\"algorithm\":\"sha256\",\"value\":\""
                  + Digest.sha256(pae).hex()
                  + "\"}},\"signature\":{\"content\":\""
                  + sig
                  + "\",\"publicKey\":{\"content\":\""
                  + pem
                  + "\"}}";
        }
        + "}}";
  }

  private String stamp(byte[] message) throws Exception {
    return "{\"signedTimestamp\":\"" + BASE64.encodeToString(stampOf(message)) + "\"}";
  }

  /// A response of the stamping authority.
  byte[] stampOf(byte[] message) throws Exception {
    TimeStampTokenGenerator tokens =
        new TimeStampTokenGenerator(
            new JcaSimpleSignerInfoGeneratorBuilder()
                .build("SHA256withECDSA", stampKey.getPrivate(), stampLeafUsed()),
            new JcaDigestCalculatorProviderBuilder()
                .build()
                .get(
                    new org.bouncycastle.asn1.x509.AlgorithmIdentifier(
                        org.bouncycastle.asn1.nist.NISTObjectIdentifiers.id_sha256)),
            new ASN1ObjectIdentifier("1.2.3.4"));
    tokens.addCertificates(new JcaCertStore(List.of(stampLeafUsed())));
    TimeStampRequestGenerator requests = new TimeStampRequestGenerator();
    requests.setCertReq(true);
    return new TimeStampResponseGenerator(tokens, TSPAlgorithms.ALLOWED)
        .generate(
            requests.generate(
                stampHash.equals("SHA-1") ? TSPAlgorithms.SHA1 : TSPAlgorithms.SHA256,
                MessageDigest.getInstance(stampHash).digest(message),
                BigInteger.ONE),
            BigInteger.TWO,
            Date.from(stamped))
        .getEncoded();
  }

  /// The certificate that the authority says it stamps with, if not the trusted one.
  X509Certificate stampLeafUsed;

  private X509Certificate stampLeafUsed() {
    return stampLeafUsed == null ? stamping : stampLeafUsed;
  }
}
