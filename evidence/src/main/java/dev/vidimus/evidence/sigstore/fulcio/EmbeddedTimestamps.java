package dev.vidimus.evidence.sigstore.fulcio;

import dev.vidimus.artifact.ByteCursor;
import dev.vidimus.artifact.Bytes;
import dev.vidimus.artifact.Digest;
import dev.vidimus.artifact.FormatException;
import dev.vidimus.evidence.CheckFailed;
import dev.vidimus.evidence.trust.TransparencyLog;
import dev.vidimus.evidence.trust.TrustedRoot;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.asn1.ASN1OctetString;

/// The signed certificate timestamps inside a leaf: promises of logs of certificates to have it, by
/// [RFC 6962, sections 3.2 and 3.3](https://www.rfc-editor.org/rfc/rfc6962#section-3.2).
public final class EmbeddedTimestamps {
  static final String EXTENSION = "1.3.6.1.4.1.11129.2.4.2";

  private static final String STEP = "certificate timestamp";
  private static final int MOST = 16;
  private static final int V1 = 0;
  private static final int SHA256 = 4;
  private static final int RSA = 1;
  private static final int ECDSA = 3;

  private EmbeddedTimestamps() {}

  /// Requires that a trusted log promised to have the certificate. Promises of unknown logs are
  /// passed over; a wrong one of a known log is refused, whatever the others are.
  ///
  /// @param issuer of the leaf, from its verified path
  public static void require(X509Certificate leaf, X509Certificate issuer, TrustedRoot root)
      throws CheckFailed, FormatException, IOException {
    List<SignedTimestamp> timestamps = read(leaf);
    if (timestamps.isEmpty()) {
      throw new CheckFailed(STEP, "the promise of a certificate log", "a certificate without");
    }
    byte[] precertificate = Precertificate.of(leaf);
    Digest issuerKey = Digest.sha256(issuer.getPublicKey().getEncoded());
    int held = 0;
    for (SignedTimestamp timestamp : timestamps) {
      TransparencyLog log = root.certificateLog(timestamp.log(), timestamp.time());
      if (log != null) {
        require(timestamp, log, issuerKey, precertificate);
        held++;
      }
    }
    if (held == 0) {
      throw new CheckFailed(
          STEP, "one of the trusted certificate logs", "log " + timestamps.getFirst().log().hex());
    }
  }

  private static void require(
      SignedTimestamp timestamp, TransparencyLog log, Digest issuerKey, byte[] precertificate)
      throws CheckFailed, FormatException {
    if (!log.validity().contains(timestamp.time())) {
      throw new CheckFailed(
          STEP,
          "a time when the log " + log.url() + " was trusted, " + log.validity(),
          timestamp.time().toString());
    }
    if (timestamp.hash() != SHA256 || timestamp.algorithm() != (log.key().isRsa() ? RSA : ECDSA)) {
      throw new CheckFailed(
          STEP,
          "the algorithms of the log's key",
          "hash " + timestamp.hash() + ", signature " + timestamp.algorithm());
    }
    log.key().require(STEP, signed(timestamp, issuerKey, precertificate), timestamp.signature());
  }

  /// The structure `digitally-signed` of section 3.2, for a precertificate.
  private static byte[] signed(SignedTimestamp timestamp, Digest issuerKey, byte[] precertificate) {
    byte[] extensions = timestamp.extensions();
    return ByteBuffer.allocate(
            2 + Long.BYTES + 2 + 32 + 3 + precertificate.length + 2 + extensions.length)
        .put((byte) V1)
        .put((byte) 0) // certificate_timestamp
        .putLong(timestamp.milliseconds())
        .putShort((short) 1) // precert_entry
        .put(issuerKey.bytes())
        .put((byte) (precertificate.length >> 16))
        .putShort((short) precertificate.length)
        .put(precertificate)
        .putShort((short) extensions.length)
        .put(extensions)
        .array();
  }

  private static List<SignedTimestamp> read(X509Certificate leaf)
      throws FormatException, IOException {
    byte[] value = CertifiedIdentity.value(leaf, EXTENSION);
    if (value == null) {
      return List.of();
    }
    byte[] list;
    try {
      list = ASN1OctetString.getInstance(value).getOctets();
    } catch (RuntimeException e) { // the decoder refuses in many ways
      throw new FormatException.Malformed(STEP, 0, "is no OCTET STRING");
    }
    ByteCursor cursor = new ByteCursor(Bytes.of(list), STEP);
    if (u16(cursor, "list") != cursor.remaining()) {
      throw cursor.malformed("list", "has another length than its extension");
    }
    List<SignedTimestamp> timestamps = new ArrayList<>();
    while (cursor.hasRemaining()) {
      if (timestamps.size() == MOST) {
        throw new FormatException.LimitExceeded(STEP, 0, "over the limit of " + MOST);
      }
      byte[] one = cursor.array("timestamp", u16(cursor, "length of a timestamp"));
      timestamps.add(timestamp(new ByteCursor(Bytes.of(one), STEP)));
    }
    return timestamps;
  }

  private static SignedTimestamp timestamp(ByteCursor cursor) throws FormatException, IOException {
    int version = cursor.u8("version");
    if (version != V1) {
      throw new FormatException.Unsupported(STEP, 0, "version " + version);
    }
    Digest log = Digest.of(cursor.array("log", 32));
    long milliseconds = cursor.i64Big("time");
    byte[] extensions = cursor.array("extensions", u16(cursor, "length of extensions"));
    int hash = cursor.u8("hash");
    int algorithm = cursor.u8("signature algorithm");
    byte[] signature = cursor.array("signature", u16(cursor, "length of the signature"));
    if (cursor.hasRemaining()) {
      throw cursor.malformed("timestamp", "has bytes behind its signature");
    }
    return new SignedTimestamp(log, milliseconds, extensions, hash, algorithm, signature);
  }

  private static int u16(ByteCursor cursor, String field) throws FormatException, IOException {
    return (cursor.u8(field) << 8) | cursor.u8(field);
  }

  /// @param milliseconds since 1970
  @SuppressWarnings("ArrayRecordComponent") // never compared as a whole
  private record SignedTimestamp(
      Digest log, long milliseconds, byte[] extensions, int hash, int algorithm, byte[] signature) {
    Instant time() {
      return Instant.ofEpochMilli(milliseconds);
    }
  }
}
