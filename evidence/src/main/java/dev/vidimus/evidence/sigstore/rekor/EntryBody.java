package dev.vidimus.evidence.sigstore.rekor;

import dev.vidimus.artifact.Bytes;
import dev.vidimus.artifact.Digest;
import dev.vidimus.artifact.FormatException;
import dev.vidimus.artifact.Printable;
import dev.vidimus.artifact.json.Json;
import dev.vidimus.artifact.json.JsonLimits;
import dev.vidimus.artifact.json.JsonValue;
import dev.vidimus.evidence.CheckFailed;
import dev.vidimus.evidence.Members;
import dev.vidimus.evidence.dsse.Envelope;
import dev.vidimus.evidence.keys.Pem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;

/// Requires that an entry of a log is the one of this signature: it is by the same signer, it is
/// the same bytes, and what was signed has the hash that the log has. An entry of another
/// signature, good as it may be for that one, says nothing about this.
final class EntryBody {
  private static final String STEP = "log entry";
  private static final JsonLimits LIMITS = new JsonLimits(256L << 20, 32, 1 << 10, 256 << 20, 64);
  private static final int PRINTED = 200;

  private final SignedContent content;
  private final Members spec;

  private EntryBody(SignedContent content, Members spec) {
    this.content = content;
    this.spec = spec;
  }

  /// @throws CheckFailed if it is an entry of another signature
  /// @throws FormatException if it is of a kind that we do not know, or not of its form
  static void require(LogEntry entry, SignedContent content)
      throws CheckFailed, FormatException, IOException {
    Members body = Members.of(Json.parse(Bytes.of(entry.body()), STEP, LIMITS), STEP);
    same("kind", entry.kind(), body.string("kind"));
    same("version", entry.version(), body.string("apiVersion"));
    EntryBody it = new EntryBody(content, body.object("spec"));
    switch (entry.kind() + " " + entry.version()) {
      case "hashedrekord 0.0.1" -> it.hashedRekord1();
      case "hashedrekord 0.0.2" -> it.hashedRekord2();
      case "dsse 0.0.1" -> it.dsse();
      case "intoto 0.0.2" -> it.inToto();
      default ->
          throw new FormatException.Unsupported(
              STEP, 0, "kind " + Printable.of(entry.kind() + " " + entry.version(), PRINTED));
    }
  }

  private void hashedRekord1() throws CheckFailed, FormatException, IOException {
    Members hash = spec.object("data").object("hash");
    message(hash.string("algorithm"), hex(hash, "value"));
    Members signature = spec.object("signature");
    signature(signature.bytes("content"));
    signer(pem(signature.object("publicKey").bytes("content"), signature.where()));
  }

  private void hashedRekord2() throws CheckFailed, FormatException, IOException {
    Members record = spec.object("hashedRekordV002");
    Members data = record.object("data");
    message(data.string("algorithm"), data.bytes("digest"));
    Members signature = record.object("signature");
    signature(signature.bytes("content"));
    Members verifier = signature.object("verifier");
    boolean isCertificate = verifier.has("x509Certificate");
    if (isCertificate == verifier.has("publicKey")) {
      throw verifier.malformed("x509Certificate", "or publicKey: exactly one belongs here");
    }
    signer(verifier.object(isCertificate ? "x509Certificate" : "publicKey").bytes("rawBytes"));
  }

  private void dsse() throws CheckFailed, FormatException {
    Envelope envelope = envelope();
    payload(spec.object("payloadHash"), envelope);
    Members signature = one(spec);
    signature(signature.bytes("signature"));
    signer(pem(signature.bytes("verifier"), signature.where()));
  }

  private void inToto() throws CheckFailed, FormatException {
    Envelope envelope = envelope();
    Members logged = spec.object("content");
    payload(logged.object("payloadHash"), envelope);
    Members loggedEnvelope = logged.object("envelope");
    same("payload type", envelope.payloadType(), loggedEnvelope.string("payloadType"));
    Members signature = one(loggedEnvelope);
    // The log encodes the base64 of the envelope once more.
    byte[] text = signature.bytes("sig");
    try {
      signature(Base64.getDecoder().decode(text));
    } catch (IllegalArgumentException e) {
      throw signature.malformed("sig", "is no base64 of base64");
    }
    signer(pem(signature.bytes("publicKey"), signature.where()));
  }

  private Envelope envelope() throws CheckFailed {
    Envelope envelope = content.envelope();
    if (envelope == null) {
      throw new CheckFailed(STEP, "an entry of a signature over a file", "one of an envelope");
    }
    return envelope;
  }

  private static Members one(Members members) throws CheckFailed, FormatException {
    List<JsonValue> signatures = members.array("signatures");
    if (signatures.size() != 1) {
      throw new CheckFailed(STEP, "exactly one signature", signatures.size() + " signatures");
    }
    return Members.of(signatures.getFirst(), members.where() + ".signatures");
  }

  private static void payload(Members hash, Envelope envelope) throws CheckFailed, FormatException {
    same("payload's hash", "sha256", hash.string("algorithm"));
    same("payload's hash", Digest.sha256(envelope.payload()).hex(), hash.string("value"));
  }

  private void message(String algorithm, byte[] hash)
      throws CheckFailed, FormatException, IOException {
    HashAlgorithm known = HashAlgorithm.of(algorithm);
    if (known == null) {
      throw new FormatException.Unsupported(
          STEP, 0, "the hash algorithm " + Printable.of(algorithm, PRINTED));
    }
    bytes("hash of what was signed", content.message().hash(known), hash);
  }

  private void signature(byte[] signature) throws CheckFailed {
    bytes("signature", content.signature(), signature);
  }

  private void signer(byte[] der) throws CheckFailed {
    bytes("key or certificate", content.signer(), der);
  }

  private static void bytes(String what, byte[] expected, byte[] found) throws CheckFailed {
    if (!Arrays.equals(expected, found)) {
      throw new CheckFailed(STEP, "the " + what + " of this bundle", "another one");
    }
  }

  private static void same(String what, String expected, String found) throws CheckFailed {
    if (!expected.equals(found)) {
      throw new CheckFailed(
          STEP,
          "the " + what + " " + Printable.of(expected, PRINTED),
          Printable.of(found, PRINTED));
    }
  }

  private static byte[] hex(Members members, String name) throws FormatException {
    try {
      return HexFormat.of().parseHex(members.string(name));
    } catch (IllegalArgumentException e) {
      throw members.malformed(name, "is no hex");
    }
  }

  private static byte[] pem(byte[] text, String where) throws FormatException {
    List<Pem> blocks = Pem.read(new String(text, StandardCharsets.ISO_8859_1), where);
    if (blocks.size() != 1) {
      throw new FormatException.Malformed(
          where, 0, "has " + blocks.size() + " PEM blocks, not one");
    }
    return blocks.getFirst().der();
  }
}
