package dev.vidimus.evidence.dsse;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vidimus.artifact.json.Json;
import dev.vidimus.artifact.json.JsonValue.JsonObject;
import dev.vidimus.testkit.Fixtures;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.AlgorithmParameters;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import org.junit.jupiter.api.Test;

class EnvelopeTest {
  /// The specification's example, whose signature is `r || s` and not in DER.
  @Test
  void encodingIsThatOfTheProtocolsTestVector() throws Exception {
    String text = Files.readString(Fixtures.folder("signing").resolve("dsse/protocol-vector.json"));
    JsonObject vector = (JsonObject) Json.parse(text, "vector");
    Envelope envelope = Envelope.read(vector, "vector");
    assertThat(new String(envelope.pae(), StandardCharsets.UTF_8)).isEqualTo(vector.string("_pae"));

    JsonObject key = (JsonObject) vector.get("_key");
    AlgorithmParameters curve = AlgorithmParameters.getInstance("EC");
    curve.init(new ECGenParameterSpec("secp256r1"));
    ECPoint point = new ECPoint(new BigInteger(key.string("x")), new BigInteger(key.string("y")));
    Signature verifier = Signature.getInstance("SHA256withECDSAinP1363Format");
    verifier.initVerify(
        KeyFactory.getInstance("EC")
            .generatePublic(
                new ECPublicKeySpec(point, curve.getParameterSpec(ECParameterSpec.class))));
    verifier.update(envelope.pae());
    assertThat(verifier.verify(envelope.signatures().getFirst())).isTrue();
  }

  @Test
  void lengthsAreInBytes() {
    assertThat(Envelope.pae("ü", "€".getBytes(StandardCharsets.UTF_8)))
        .isEqualTo("DSSEv1 2 ü 3 €".getBytes(StandardCharsets.UTF_8));
  }
}
