package dev.vidimus.evidence.sigstore;

import dev.vidimus.artifact.Bytes;
import dev.vidimus.artifact.FormatException;
import dev.vidimus.artifact.json.Json;
import dev.vidimus.artifact.json.JsonLimits;
import dev.vidimus.artifact.json.JsonValue;
import dev.vidimus.artifact.json.JsonValue.JsonObject;
import dev.vidimus.evidence.dsse.Envelope;
import dev.vidimus.evidence.sigstore.rekor.LogEntry;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/// A signature with what is needed to check it. Nothing here is verified.
///
/// @param mediaType as the bundle says it; [BundleVersion] knows which there are
/// @param material that names the signer
/// @param entries of the signature in logs; perhaps none
/// @param timestamps over the signature, each a `TimeStampResp` of RFC 3161 in DER; perhaps none
/// @param content that is signed
public record Bundle(
    String mediaType,
    Material material,
    List<LogEntry> entries,
    List<byte[]> timestamps,
    Content content) {
  /// The media type of version 0.3, the only one that OMS uses.
  public static final String V0_3 = "application/vnd.dev.sigstore.bundle.v0.3+json";

  /// The manifest of a million files fits, in base64.
  static final JsonLimits LIMITS = new JsonLimits(512L << 20, 32, 1 << 12, 512 << 20, 64);

  public Bundle {
    entries = List.copyOf(entries);
    timestamps = List.copyOf(timestamps);
  }

  /// Reads a bundle file.
  ///
  /// @throws FormatException if it is not strict JSON or no bundle
  public static Bundle read(Bytes bytes, String where) throws FormatException, IOException {
    return BundleReader.read(bytes, where);
  }

  /// The envelope.
  ///
  /// @throws FormatException.Malformed if the signature is over a file instead
  public Envelope envelope() throws FormatException.Malformed {
    if (content instanceof Content.Dsse(Envelope envelope)) {
      return envelope;
    }
    throw new FormatException.Malformed(
        "dsseEnvelope", 0, "is missing; the bundle has a message signature");
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
