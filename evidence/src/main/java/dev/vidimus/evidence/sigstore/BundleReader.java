package dev.vidimus.evidence.sigstore;

import dev.vidimus.artifact.Bytes;
import dev.vidimus.artifact.FormatException;
import dev.vidimus.artifact.json.Json;
import dev.vidimus.artifact.json.JsonValue;
import dev.vidimus.evidence.Members;
import dev.vidimus.evidence.dsse.Envelope;
import dev.vidimus.evidence.sigstore.rekor.HashAlgorithm;
import dev.vidimus.evidence.sigstore.rekor.LogEntry;
import dev.vidimus.evidence.trust.Certificates;
import java.io.IOException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;

/// Reads the proto3 JSON of a
/// [Bundle](https://github.com/sigstore/protobuf-specs/blob/main/protos/sigstore_bundle.proto).
/// Unknown members are ignored; of each `oneof` there must be exactly one member.
final class BundleReader {
  private static final int MOST_CERTIFICATES = 32;
  private static final int MOST_ENTRIES = 32;
  private static final int MOST_TIMESTAMPS = 32;

  private BundleReader() {}

  static Bundle read(Bytes bytes, String where) throws FormatException, IOException {
    Members bundle = Members.of(Json.parse(bytes, where, Bundle.LIMITS), where);
    Members material = bundle.object("verificationMaterial");
    return new Bundle(
        bundle.string("mediaType"),
        material(material),
        entries(material),
        timestamps(material),
        content(bundle));
  }

  private static String oneOf(Members members, List<String> names, String what)
      throws FormatException {
    List<String> present = names.stream().filter(members::has).toList();
    if (present.size() != 1) {
      throw new FormatException.Malformed(
          members.where(), 0, "has " + present + " where exactly one " + what + " belongs");
    }
    return present.getFirst();
  }

  private static Material material(Members members) throws FormatException {
    String way =
        oneOf(
            members,
            List.of("publicKey", "x509CertificateChain", "certificate"),
            "way to name a signer");
    return switch (way) {
      case "publicKey" -> new Material.Key(members.object("publicKey").stringOrNull("hint"));
      case "certificate" -> new Material.Keyless(certificate(members.object("certificate")));
      default -> new Material.Chain(chain(members.object("x509CertificateChain")));
    };
  }

  private static List<JsonValue> elements(Members members, String name, int most)
      throws FormatException {
    List<JsonValue> elements = members.has(name) ? members.array(name) : List.of();
    if (elements.size() > most) {
      throw new FormatException.LimitExceeded(
          members.where() + "." + name, 0, elements.size() + " elements, over " + most);
    }
    return elements;
  }

  private static List<X509Certificate> chain(Members members) throws FormatException {
    List<X509Certificate> chain = new ArrayList<>();
    for (JsonValue element : elements(members, "certificates", MOST_CERTIFICATES)) {
      chain.add(certificate(Members.of(element, members.where() + ".certificates")));
    }
    return chain;
  }

  private static X509Certificate certificate(Members members) throws FormatException {
    return Certificates.ofDer(members.bytes("rawBytes"), members.where());
  }

  private static List<LogEntry> entries(Members material) throws FormatException {
    List<LogEntry> entries = new ArrayList<>();
    for (JsonValue element : elements(material, "tlogEntries", MOST_ENTRIES)) {
      entries.add(LogEntry.read(element, material.where() + ".tlogEntries"));
    }
    return entries;
  }

  private static List<byte[]> timestamps(Members material) throws FormatException {
    List<byte[]> timestamps = new ArrayList<>();
    if (material.has("timestampVerificationData")) {
      Members data = material.object("timestampVerificationData");
      for (JsonValue element : elements(data, "rfc3161Timestamps", MOST_TIMESTAMPS)) {
        timestamps.add(
            Members.of(element, data.where() + ".rfc3161Timestamps").bytes("signedTimestamp"));
      }
    }
    return timestamps;
  }

  private static Content content(Members bundle) throws FormatException {
    String kind = oneOf(bundle, List.of("dsseEnvelope", "messageSignature"), "signature");
    if (kind.equals("dsseEnvelope")) {
      Members envelope = bundle.object("dsseEnvelope");
      return new Content.Dsse(Envelope.read(envelope.object(), envelope.where()));
    }
    Members message = bundle.object("messageSignature");
    byte[] signature = message.bytes("signature");
    if (!message.has("messageDigest")) {
      return new Content.Message(null, null, signature);
    }
    Members digest = message.object("messageDigest");
    String algorithm = digest.string("algorithm");
    HashAlgorithm name = HashAlgorithm.of(algorithm);
    if (name == null) {
      throw new FormatException.Unsupported(digest.where(), 0, "a hash algorithm that we lack");
    }
    return new Content.Message(name, digest.bytes("digest"), signature);
  }
}
