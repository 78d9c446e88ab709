package dev.vidimus.evidence.oms;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vidimus.artifact.Bytes;
import dev.vidimus.artifact.FormatException;
import dev.vidimus.evidence.Answer;
import dev.vidimus.evidence.CheckFailed;
import dev.vidimus.evidence.intoto.Statement;
import dev.vidimus.evidence.keys.Scheme;
import dev.vidimus.evidence.keys.SigningKey;
import dev.vidimus.evidence.sigstore.Bundle;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Nothing but the three declared kinds of failure comes out of the readers, whatever goes in, and
/// nothing that was touched verifies.
class MutationTest {
  private static final String[] WORDS = {
    "null", "-1", "1e999999999", "\"\"", "[]", "{}", "true", "64.5", "\"..\"", "\"a:1:2\"", "\"*\""
  };

  @TempDir Path folder;
  private final Random random = new Random(3);

  private Path model() throws IOException {
    Path model = Files.createDirectories(folder.resolve("model"));
    Files.writeString(model.resolve("w.bin"), "weights".repeat(40));
    Files.writeString(model.resolve("config.json"), "{}");
    return model;
  }

  private byte[] mutated(byte[] original) {
    byte[] copy = original.clone();
    switch (random.nextInt(4)) {
      case 0 -> copy[random.nextInt(copy.length)] ^= (byte) (1 << random.nextInt(8));
      case 1 -> {
        return Arrays.copyOf(copy, random.nextInt(copy.length));
      }
      case 2 -> {
        // a value replaced by another kind of value
        String text = new String(copy, StandardCharsets.ISO_8859_1);
        int colon = text.indexOf(':', random.nextInt(text.length()));
        int comma = text.indexOf(',', Math.max(colon, 0));
        if (colon > 0 && comma > colon) {
          String word = WORDS[random.nextInt(WORDS.length)];
          return (text.substring(0, colon + 1) + word + text.substring(comma))
              .getBytes(StandardCharsets.ISO_8859_1);
        }
      }
      default -> {
        int from = random.nextInt(copy.length);
        int count = Math.min(random.nextInt(40), copy.length - from);
        System.arraycopy(copy, random.nextInt(copy.length - count + 1), copy, from, count);
      }
    }
    return copy;
  }

  @Test
  void mutatedBundlesNeverVerifyAndNeverEscape() throws Exception {
    Path model = model();
    Path signature = folder.resolve("sig");
    SigningKey key = SigningKey.generate(Scheme.P256);
    byte[] good = OmsSigner.sign(model, signature, key, List.of(), SignOptions.DEFAULT);
    Bundle original = Bundle.read(Bytes.of(good), "good");
    for (int i = 0; i < 3_000; i++) {
      byte[] bad = mutated(good);
      Files.write(signature, bad);
      OmsVerification verification =
          OmsVerifier.verify(
              model, signature, new Trusted.Key(key.verifying()), OmsOptions.DEFAULT, List.of());
      if (verification.answer() == Answer.YES) {
        // What was touched is outside of what is signed: an ignored member, or a key id.
        Bundle read = Bundle.read(Bytes.of(bad), "bad");
        assertThat(read.envelope().payload()).isEqualTo(original.envelope().payload());
      }
    }
  }

  @Test
  void mutatedStatementsUnderAGoodSignatureNeverEscape() throws Exception {
    Path model = model();
    Path signature = folder.resolve("sig");
    SigningKey key = SigningKey.generate(Scheme.P256);
    for (long shardSize : new long[] {0, 64}) {
      Bundle good =
          Bundle.read(
              Bytes.of(
                  OmsSigner.sign(
                      model,
                      signature,
                      key,
                      List.of(),
                      new SignOptions(shardSize, false, List.of()))),
              "good");
      for (int i = 0; i < 2_000; i++) {
        byte[] payload = mutated(good.envelope().payload());
        try {
          Statement statement = Statement.read(payload, "payload");
          Manifest manifest = new ManifestReader(statement.predicate()).read();
          manifest.rootDigest();
          Comparison.of(
              manifest,
              ModelTree.of(model, new ModelTree.Left(List.of(), List.of(signature)), false),
              false);
        } catch (FormatException | CheckFailed e) {
          assertThat(e.getMessage()).isNotBlank();
        }
      }
    }
  }
}
