package dev.vidimus.evidence.sigstore;

import dev.vidimus.artifact.Bytes;
import dev.vidimus.artifact.FormatException;
import dev.vidimus.artifact.json.Json;
import dev.vidimus.artifact.json.JsonLimits;
import dev.vidimus.artifact.json.JsonValue;
import dev.vidimus.artifact.json.JsonValue.JsonObject;
import dev.vidimus.evidence.Members;
import dev.vidimus.evidence.dsse.Envelope;
import dev.vidimus.evidence.trust.Certificates;
import java.io.IOException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// A bundle with a DSSE envelope. Nothing here is verified.
public record Bundle(String mediaType, Material material, Envelope envelope) {
  /// The media type of version 0.3, the only one that OMS uses.
  public static final String V0_3 = "application/vnd.dev.sigstore.bundle.v0.3+json";

  /// The manifest of a million files fits, in base64.
  private static final JsonLimits LIMITS = new JsonLimits(512L << 20, 32, 1 << 12, 512 << 20, 64);

  private static final int MOST_CERTIFICATES = 32;

  /// Reads a bundle file.
  ///
  /// @throws FormatException if it is not strict JSON or no bundle with an envelope
  public static Bundle read(Bytes bytes, String where) throws FormatException, IOException {
    Members members = Members.of(Json.parse(bytes, where, LIMITS), where);
    Members material = members.object("verificationMaterial");
    return new Bundle(
        members.string("mediaType"),
        material(material),
        Envelope.read(members.object("dsseEnvelope").object(), where + ".dsseEnvelope"));
  }

  /// The member of a `oneof`: exactly one of three.
  private static Material material(Members members) throws FormatException {
    List<String> present =
        List.of("publicKey", "x509CertificateChain", "certificate").stream()
            .filter(members::has)
            .toList();
    if (present.size() != 1) {
      throw new FormatException.Malformed(
          members.where(), 0, "has " + present + " where exactly one way to name a signer belongs");
    }
    return switch (present.getFirst()) {
      case "publicKey" -> new Material.Key(members.object("publicKey").stringOrNull("hint"));
      case "certificate" -> new Material.Keyless(certificate(members.object("certificate")));
      default -> new Material.Chain(chain(members.object("x509CertificateChain")));
    };
  }

  private static List<X509Certificate> chain(Members members) throws FormatException {
    List<JsonValue> elements =
        members.has("certificates") ? members.array("certificates") : List.of();
    if (elements.size() > MOST_CERTIFICATES) {
      throw new FormatException.LimitExceeded(
          members.where(), 0, elements.size() + " certificates, over " + MOST_CERTIFICATES);
    }
    List<X509Certificate> chain = new ArrayList<>();
    for (JsonValue element : elements) {
      chain.add(certificate(Members.of(element, members.where() + ".certificates")));
    }
    return chain;
  }

  private static X509Certificate certificate(Members members) throws FormatException {
    return Certificates.ofDer(members.bytes("rawBytes"), members.where());
  }

  /// The type of the statement inside, read without any proof, for a hint in a refusal only.
  public static String claimedPredicateType(Envelope envelope) {
    try {
      JsonValue payload = Json.parse(Bytes.of(envelope.payload()), "payload", LIMITS);
      String type =
          (payload instanceof JsonObject object ? object : new JsonObject(Map.of()))
              .string("predicateType");
      return type == null ? "" : type;
    } catch (FormatException | IOException e) {
      return "";
    }
  }
}
