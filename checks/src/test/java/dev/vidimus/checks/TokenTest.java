package dev.vidimus.checks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Keys in a token, whose module is SoftHSM. It takes its settings from the environment, so every
/// command is a process.
@Tag("client")
final class TokenTest {
  private static final String PIN = "1234";
  @TempDir Path folder;

  private record Ended(int code, String output) {}

  @BeforeEach
  void tokens() throws Exception {
    Files.createDirectory(folder.resolve("tokens"));
    Files.writeString(
        folder.resolve("softhsm2.conf"),
        "directories.tokendir = " + folder.resolve("tokens") + "\nobjectstore.backend = file\n");
    Files.writeString(folder.resolve("pin"), PIN + "\n");
    Files.writeString(folder.resolve("model.bin"), "weights");
    Files.writeString(folder.resolve("predicate.json"), "{}");
    String slot = token("Release keys");
    token("others");
    Files.writeString(
        folder.resolve("pkcs11.cfg"),
        "name = make\nlibrary = " + module() + "\nslot = " + slot + "\n");
    List<String> keytool = new ArrayList<>(List.of(java("keytool"), "-genkeypair"));
    Collections.addAll(keytool, "-keystore", "NONE", "-storetype", "PKCS11");
    Collections.addAll(keytool, "-addprovider", "SunPKCS11", "-providerarg", "pkcs11.cfg");
    Collections.addAll(keytool, "-storepass", PIN, "-alias", "signer", "-keyalg", "EC");
    Collections.addAll(keytool, "-groupname", "secp256r1", "-dname", "CN=signer");
    Ended made = run(keytool.toArray(String[]::new));
    assertThat(made.code()).as(made.output()).isZero();
  }

  /// @return the slot of the new token
  private String token(String label) throws Exception {
    Ended made =
        run(
            "softhsm2-util",
            "--init-token",
            "--free",
            "--label",
            label,
            "--pin",
            PIN,
            "--so-pin",
            PIN);
    Matcher slot = Pattern.compile("reassigned to slot ([0-9]+)").matcher(made.output());
    assertThat(slot.find()).as(made.output()).isTrue();
    return slot.group(1);
  }

  private static Path module() throws IOException {
    for (String place :
        List.of("/usr/lib/softhsm", "/usr/lib64/pkcs11", "/usr/lib/x86_64-linux-gnu/softhsm")) {
      Path module = Path.of(place, "libsofthsm2.so");
      if (Files.exists(module)) {
        return module;
      }
    }
    throw new IOException("no libsofthsm2.so; the package is softhsm2");
  }

  private static String java(String name) {
    return Path.of(System.getProperty("java.home"), "bin", name).toString();
  }

  private String uri(String path) throws IOException {
    return "pkcs11:" + path + "?module-path=" + module() + "&pin-source=pin";
  }

  private Ended run(String... command) throws Exception {
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.environment().put("SOFTHSM2_CONF", folder.resolve("softhsm2.conf").toString());
    Process process = builder.redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(2, TimeUnit.MINUTES)).as("ended in time").isTrue();
    return new Ended(process.exitValue(), output);
  }

  private Ended vidimus(String... words) throws Exception {
    List<String> command = new ArrayList<>(List.of(java("java")));
    command.add("--enable-native-access=ALL-UNNAMED");
    Collections.addAll(command, "-cp", System.getProperty("java.class.path"));
    command.add("dev.vidimus.cli.Main");
    Collections.addAll(command, words);
    return run(command.toArray(String[]::new));
  }

  @Test
  void tokenSignsAndAttests() throws Exception {
    String key = uri("token=Release%20keys;object=signer");
    Ended shown = vidimus("key", "show", key);
    assertThat(shown.code()).as(shown.output()).isZero();
    assertThat(shown.output()).startsWith("p256 ").doesNotContain("WARNING");
    Files.writeString(folder.resolve("key.pub"), shown.output());

    Ended signed = vidimus("sign", "--key", key, "--signature", "sig", "model.bin");
    assertThat(signed.code()).as(signed.output()).isZero();
    assertThat(vidimus("verify", "--key", "key.pub", "--signature", "sig", "model.bin").code())
        .isZero();

    Ended attested =
        vidimus(
            "attest",
            "--key",
            key,
            "--predicate",
            "predicate.json",
            "--type",
            "https://vidimus.example/v1",
            "--output",
            "att",
            "model.bin");
    assertThat(attested.code()).as(attested.output()).isZero();
    Ended verified =
        vidimus("verify-attestation", "--key", "key.pub", "--bundle", "att", "model.bin");
    assertThat(verified.code()).as(verified.output()).isZero();
  }

  @Test
  void onlyTheNamedKeyIsTaken() throws Exception {
    Ended noToken = vidimus("key", "show", uri("token=absent"));
    assertThat(noToken.code()).isEqualTo(2);
    assertThat(noToken.output()).contains("names 0 tokens, not one").contains("Release keys");
    Ended noKey = vidimus("key", "show", uri("token=others"));
    assertThat(noKey.code()).isEqualTo(2);
    assertThat(noKey.output()).contains("names 0 keys that have a certificate");
    Ended unnamed = vidimus("key", "show", uri("object=signer"));
    assertThat(unnamed.code()).isEqualTo(2);
    assertThat(unnamed.output()).contains("names 2 tokens, not one");
  }

  /// What a label cannot tell apart, an id can: two keys with certificates of one label.
  @Test
  void keyIsChosenByItsId() throws Exception {
    pair("0a01", "twin");
    pair("0a02", "twin");
    String first = shown("token=Release%20keys;id=%0a%01");
    String second = shown("token=Release%20keys;id=%0A%02;object=twin");
    assertThat(first).startsWith("p256 ").isNotEqualTo(second);
    assertThat(second).startsWith("p256 ");

    Ended both = vidimus("key", "show", uri("token=Release%20keys;object=twin"));
    assertThat(both.code()).isEqualTo(2);
    assertThat(both.output()).contains("names 2 keys that have a certificate");
    Ended none = vidimus("key", "show", uri("token=Release%20keys;id=%0a%03"));
    assertThat(none.code()).isEqualTo(2);
    assertThat(none.output()).contains("id=%0a%03;").contains("names 0 keys");
    Ended otherLabel = vidimus("key", "show", uri("token=Release%20keys;id=%0a%01;object=signer"));
    assertThat(otherLabel.output()).contains("names 0 keys");

    String key = uri("token=Release%20keys;id=%0a%02");
    Ended signed = vidimus("sign", "--key", key, "--signature", "sig", "model.bin");
    assertThat(signed.code()).as(signed.output()).isZero();
    Files.writeString(folder.resolve("second.pub"), second);
    Files.writeString(folder.resolve("first.pub"), first);
    assertThat(vidimus("verify", "--key", "second.pub", "--signature", "sig", "model.bin").code())
        .isZero();
    assertThat(vidimus("verify", "--key", "first.pub", "--signature", "sig", "model.bin").code())
        .isEqualTo(1);
  }

  private String shown(String path) throws Exception {
    Ended shown = vidimus("key", "show", uri(path));
    assertThat(shown.code()).as(shown.output()).isZero();
    return shown.output();
  }

  /// Puts a key and its certificate into the token, both with this id and label.
  private void pair(String id, String label) throws Exception {
    require(
        "openssl",
        "req",
        "-x509",
        "-newkey",
        "ec",
        "-pkeyopt",
        "ec_paramgen_curve:P-256",
        "-nodes",
        "-keyout",
        id + ".pem",
        "-out",
        id + ".crt",
        "-subj",
        "/CN=" + id);
    require("openssl", "x509", "-in", id + ".crt", "-outform", "DER", "-out", id + ".der");
    require(
        "softhsm2-util",
        "--import",
        id + ".pem",
        "--token",
        "Release keys",
        "--label",
        label,
        "--id",
        id,
        "--pin",
        PIN);
    // Of OpenSC, because softhsm2-util imports no certificates.
    require(
        "pkcs11-tool",
        "--module",
        module().toString(),
        "--token-label",
        "Release keys",
        "--login",
        "--pin",
        PIN,
        "--write-object",
        id + ".der",
        "--type",
        "cert",
        "--id",
        id,
        "--label",
        label);
  }

  private void require(String... command) throws Exception {
    Ended ended = run(command);
    assertThat(ended.code()).as(ended.output()).isZero();
  }

  @Test
  void wrongPinIsNoAnswer() throws Exception {
    Files.writeString(folder.resolve("pin"), "4321");
    Ended refused = vidimus("key", "show", uri("token=Release%20keys"));
    assertThat(refused.code()).isEqualTo(2);
    assertThat(refused.output()).contains("CKR_PIN_INCORRECT").doesNotContain("4321");
  }

  @Test
  void pinInTheUriIsTakenWithAWarning() throws Exception {
    Ended shown =
        vidimus(
            "key",
            "show",
            "pkcs11:token=Release%20keys?module-path=" + module() + "&pin-value=" + PIN);
    assertThat(shown.code()).as(shown.output()).isZero();
    assertThat(shown.output()).contains("other users of this machine can read pin-value");
  }
}
