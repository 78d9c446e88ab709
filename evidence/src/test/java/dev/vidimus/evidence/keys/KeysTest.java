package dev.vidimus.evidence.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vidimus.artifact.FormatException;
import dev.vidimus.evidence.CheckFailed;
import dev.vidimus.testkit.Fixtures;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeysTest {
  private static final byte[] HELLO = "hello".getBytes(StandardCharsets.US_ASCII);

  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource(Scheme.class)
  void newKeyIsReadBackAndSigns(Scheme scheme) throws Exception {
    Path file = folder.resolve("key.pem");
    VerifyingKey verifying = KeyFile.create(file, scheme, null);
    SigningKey key = KeyFile.read(file, null);
    assertThat(key.verifying()).isEqualTo(verifying);
    assertThat(verifying.scheme()).isEqualTo(scheme);
    byte[] signature = key.sign(HELLO);
    verifying.require(HELLO, signature);
    signature[signature.length / 2] ^= 1;
    assertThatThrownBy(() -> verifying.require(HELLO, signature)).isInstanceOf(CheckFailed.class);
    assertThat(VerifyingKey.ofPem("text around it\n" + verifying.pem(), "key").hint())
        .isEqualTo(verifying.hint());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "jdk25-ML-DSA-44",
        "jdk25-ML-DSA-65",
        "jdk25-ML-DSA-87",
        "openssl-ML-DSA-44",
        "openssl-ML-DSA-65"
      })
  void signaturesOfOthersByMlDsaVerify(String name) throws Exception {
    Path mldsa = Fixtures.folder("signing").resolve("mldsa");
    VerifyingKey.ofDer(Files.readAllBytes(mldsa.resolve(name + ".pub.der")), name)
        .require(HELLO, Files.readAllBytes(mldsa.resolve(name + ".sig")));
  }

  /// The JDK refuses this form, and others write no other.
  @ParameterizedTest
  @ValueSource(strings = {"openssl-ML-DSA-44", "openssl-ML-DSA-65"})
  void seedOfMlDsaGivesTheKeyThatOpensslGets(String name) throws Exception {
    Path mldsa = Fixtures.folder("signing").resolve("mldsa");
    SigningKey key = PrivateKeys.read(Files.readAllBytes(mldsa.resolve(name + ".priv.der")), name);
    assertThat(key.verifying().der())
        .isEqualTo(Files.readAllBytes(mldsa.resolve(name + ".pub.der")));
    key.verifying().require(HELLO, key.sign(HELLO));
  }

  @Test
  void expandedMlDsaKeyOfTheJdkIsRead() throws Exception {
    KeyPair pair = KeyPairGenerator.getInstance("ML-DSA-65").generateKeyPair();
    SigningKey key =
        KeyFile.read(new Pem("PRIVATE KEY", pair.getPrivate().getEncoded()).text(), null, "key");
    assertThat(key.verifying().der()).isEqualTo(pair.getPublic().getEncoded());
  }

  @Test
  void encryptedKeyNeedsItsPassphrase() throws Exception {
    Path file = folder.resolve("key.pem");
    VerifyingKey verifying = KeyFile.create(file, Scheme.P384, "correct".toCharArray());
    assertThat(KeyFile.read(file, "correct".toCharArray()).verifying()).isEqualTo(verifying);
    assertThatThrownBy(() -> KeyFile.read(file, "wrong".toCharArray()))
        .isInstanceOf(FormatException.Malformed.class)
        .hasMessageContaining("another passphrase");
    assertThatThrownBy(() -> KeyFile.read(file, null))
        .isInstanceOf(FormatException.Unsupported.class)
        .hasMessageContaining("an encrypted key without a passphrase");
  }

  @Test
  void keyFileIsForItsOwnerAndNeverOverwritten() throws Exception {
    Path file = folder.resolve("key.pem");
    KeyFile.create(file, Scheme.ED25519, null);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThatThrownBy(() -> KeyFile.create(file, Scheme.ED25519, null))
        .isInstanceOf(FileAlreadyExistsException.class);
  }

  @Test
  void opensslReadsOurKeysAndWeReadItsOlderForm() throws Exception {
    Path ours = folder.resolve("ours.pem");
    VerifyingKey verifying = KeyFile.create(ours, Scheme.P256, "secret".toCharArray());
    run("openssl pkey -in ours.pem -passin pass:secret -out plain.pem");
    assertThat(KeyFile.read(folder.resolve("plain.pem"), null).verifying()).isEqualTo(verifying);
    run("openssl ec -in plain.pem -out sec1.pem");
    assertThat(Files.readString(folder.resolve("sec1.pem"))).contains("BEGIN EC PRIVATE KEY");
    assertThat(KeyFile.readPublic(folder.resolve("sec1.pem"), null)).isEqualTo(verifying);
    run("openssl pkcs8 -topk8 -in plain.pem -passout pass:theirs -out theirs.pem");
    assertThat(KeyFile.read(folder.resolve("theirs.pem"), "theirs".toCharArray()).verifying())
        .isEqualTo(verifying);
  }

  @Test
  void hintIsTheOneThatTheReferenceWrites() throws Exception {
    Path file = Fixtures.folder("signing").resolve("oms-ref/keys/signing-key-pub.pem");
    assertThat(KeyFile.readPublic(file, null).hint()).startsWith("e8450dec4eb9").endsWith("3f8e");
  }

  private void run(String command) throws Exception {
    Process process =
        new ProcessBuilder("sh", "-c", command + " 2>&1").directory(folder.toFile()).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
  }
}
