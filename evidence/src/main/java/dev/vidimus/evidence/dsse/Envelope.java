package dev.vidimus.evidence.dsse;

import dev.vidimus.artifact.FormatException;
import dev.vidimus.artifact.json.JsonValue;
import dev.vidimus.artifact.json.JsonWriter;
import dev.vidimus.evidence.Members;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/// A payload and its signatures. Nothing here is verified. Key ids are dropped: they are unsigned
/// hints.
public final class Envelope {
  /// The payload type of in-toto statements.
  public static final String IN_TOTO = "application/vnd.in-toto+json";

  /// Signatures of one envelope that are worth reading.
  private static final int MOST_SIGNATURES = 64;

  private final String payloadType;
  private final byte[] payload;
  private final List<byte[]> signatures;

  /// @param payloadType of the payload; part of what is signed
  /// @param payload the very bytes that are signed; not copied, and must not change
  /// @param signatures each over [#pae()]
  public Envelope(String payloadType, byte[] payload, List<byte[]> signatures) {
    this.payloadType = payloadType;
    this.payload = payload;
    this.signatures = List.copyOf(signatures);
  }

  /// The type, as the envelope says it.
  public String payloadType() {
    return payloadType;
  }

  /// The very bytes that are signed, never serialised anew; the array must not be changed.
  public byte[] payload() {
    return payload;
  }

  /// The signatures in order; the arrays must not be changed.
  public List<byte[]> signatures() {
    return signatures;
  }

  /// Reads the JSON form. Unknown members are ignored, as the specification says.
  public static Envelope read(JsonValue json, String where) throws FormatException {
    Members members = Members.of(json, where);
    List<JsonValue> elements = members.array("signatures");
    if (elements.size() > MOST_SIGNATURES) {
      throw new FormatException.LimitExceeded(
          where + ".signatures", 0, elements.size() + " signatures, over " + MOST_SIGNATURES);
    }
    List<byte[]> signatures = new ArrayList<>();
    for (JsonValue element : elements) {
      Members signature = Members.of(element, where + ".signatures");
      signature.stringOrNull("keyid");
      signatures.add(signature.bytes("sig"));
    }
    return new Envelope(members.string("payloadType"), members.bytes("payload"), signatures);
  }

  /// Writes the JSON form.
  public void write(JsonWriter json) {
    Base64.Encoder base64 = Base64.getEncoder();
    json.object().name("payload").string(base64.encodeToString(payload));
    json.name("payloadType").string(payloadType).name("signatures").array();
    for (byte[] signature : signatures) {
      json.object().name("sig").string(base64.encodeToString(signature));
      json.name("keyid").string("").endObject();
    }
    json.endArray().endObject();
  }

  /// What is signed: the pre-authentication encoding of type and payload.
  public byte[] pae() {
    return pae(payloadType, payload);
  }

  /// `"DSSEv1" SP len(type) SP type SP len(body) SP body`, lengths in bytes.
  public static byte[] pae(String type, byte[] body) {
    byte[] typeBytes = type.getBytes(StandardCharsets.UTF_8);
    byte[] head =
        ("DSSEv1 " + typeBytes.length + " " + type + " " + body.length + " ")
            .getBytes(StandardCharsets.UTF_8);
    byte[] encoded = Arrays.copyOf(head, head.length + body.length);
    System.arraycopy(body, 0, encoded, head.length, body.length);
    return encoded;
  }
}
