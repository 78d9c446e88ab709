package dev.vidimus.evidence.ledger.note;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vidimus.artifact.Digest;
import dev.vidimus.artifact.FormatException;
import dev.vidimus.evidence.CheckFailed;
import dev.vidimus.testkit.Fixtures;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

final class NoteTest {
  private static final Instant NOW = Instant.ofEpochSecond(1679315147);
  private static final String TEXT =
      new Checkpoint("example.com/log", 7, Digest.sha256(new byte[0])).text();

  private static SignerKey key(String name, Algorithm algorithm) throws Exception {
    return SignerKey.of(
        name, algorithm, KeyPairGenerator.getInstance(algorithm.jdkName()).generateKeyPair());
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void theNotesOfTheSpecificationAndOfGoVerify() throws Exception {
    Path notes = Fixtures.folder("signing").resolve("tlog/notes");
    for (String name : List.of("example-foo", "peter")) {
      Note note = Note.parse(Files.readAllBytes(notes.resolve(name + ".note")), name);
      VerifierKey key = VerifierKey.parse(Files.readString(notes.resolve(name + ".vkey")));
      assertThat(note.requireSignedBy(List.of(key))).containsExactly(key);
      assertThat(key.vkey()).isEqualTo(Files.readString(notes.resolve(name + ".vkey")).strip());
    }
  }

  @Test
  void aCosignedCheckpointIsReadAndUntrustedWithoutItsKeys() throws Exception {
    Path file = Fixtures.folder("signing").resolve("tlog/notes/behind-the-sofa-cosigned.note");
    Note note = Note.parse(Files.readAllBytes(file), "sofa");
    Checkpoint checkpoint = Checkpoint.parse(note.text(), "sofa");
    assertThat(checkpoint.origin()).isEqualTo("example.com/behind-the-sofa");
    assertThat(checkpoint.size()).isEqualTo(20852163);
    assertThat(checkpoint.text()).isEqualTo(note.text());
    NoteSignature witness = note.signatures().get(1);
    assertThat(witness.keyId()).isEqualTo(0x8d66cf3f);
    assertThat(java.nio.ByteBuffer.wrap(witness.signature()).getLong()).isEqualTo(1679315147);
    VerifierKey other = key("example.com/behind-the-sofa", Algorithm.ED25519).verifier();
    assertThatThrownBy(() -> note.requireSignedBy(List.of(other)))
        .isInstanceOf(CheckFailed.class)
        .hasMessageContaining("found 2 by other keys");
    assertThat(note.bytes()).isEqualTo(Files.readAllBytes(file));
  }

  @Test
  void everyAlgorithmVerifiesWhatItSignedAndNothingElse() throws Exception {
    for (Algorithm algorithm : Algorithm.values()) {
      SignerKey key = key("example.com/log", algorithm);
      NoteSignature signature = key.sign(TEXT, NOW);
      new Note(TEXT, List.of(signature)).requireSignedBy(List.of(key.verifier()));
      Note changed = new Note(TEXT.replace("\n7\n", "\n8\n"), List.of(signature));
      assertThatThrownBy(() -> changed.requireSignedBy(List.of(key.verifier())))
          .isInstanceOf(CheckFailed.class)
          .hasMessageContaining("over this text");
      assertThat(VerifierKey.parse(key.verifier().vkey())).isEqualTo(key.verifier());
    }
  }

  @Test
  void aCosignatureStatesItsTimeUnderTheSignature() throws Exception {
    SignerKey key = key("witness.example/w1", Algorithm.ED25519_COSIGNATURE);
    NoteSignature signature = key.sign(TEXT, NOW);
    assertThat(signature.seconds(key.verifier())).isEqualTo(1679315147);
    byte[] value = Base64Text.decode(signature.value());
    value[Integer.BYTES + Long.BYTES - 1]++;
    Note later =
        new Note(TEXT, List.of(new NoteSignature(key.verifier().name(), Base64Text.encode(value))));
    assertThatThrownBy(() -> later.requireSignedBy(List.of(key.verifier())))
        .isInstanceOf(CheckFailed.class);
  }

  @Test
  void unknownSignaturesAreIgnoredAndWrongOnesOfKnownKeysAreNot() throws Exception {
    SignerKey log = key("example.com/log", Algorithm.ED25519);
    SignerKey other = key("example.com/log", Algorithm.ED25519);
    Note both = new Note(TEXT, List.of(other.sign(TEXT, NOW), log.sign(TEXT, NOW)));
    assertThat(both.requireSignedBy(List.of(log.verifier()))).containsExactly(log.verifier());
    Note spoiled = new Note(TEXT, List.of(log.sign(TEXT, NOW), log.sign("x\n", NOW)));
    assertThatThrownBy(() -> spoiled.requireSignedBy(List.of(log.verifier())))
        .isInstanceOf(CheckFailed.class);
  }

  @Test
  void twoKeysOfOneWitnessAreOneWitness() throws Exception {
    SignerKey log = key("example.com/log", Algorithm.ED25519);
    SignerKey classic = key("w1.example", Algorithm.ED25519_COSIGNATURE);
    SignerKey lattice = key("w1.example", Algorithm.ML_DSA_44_COSIGNATURE);
    Note note =
        new Note(TEXT, List.of(log.sign(TEXT, NOW)))
            .with(classic.sign(TEXT, NOW))
            .with(lattice.sign(TEXT, NOW));
    OpenedCheckpoint opened = OpenedCheckpoint.open(note, "checkpoint", log.verifier());
    List<VerifierKey> witnesses = List.of(classic.verifier(), lattice.verifier());
    opened.requireWitnesses(witnesses, 1);
    assertThatThrownBy(() -> opened.requireWitnesses(witnesses, 2))
        .hasMessage("witnesses: expected at least 2, found 1");
  }

  @Test
  void anotherLogsCheckpointIsRefusedByItsOrigin() throws Exception {
    SignerKey log = key("example.com/other", Algorithm.ED25519);
    Note note = new Note(TEXT, List.of(log.sign(TEXT, NOW)));
    assertThatThrownBy(() -> OpenedCheckpoint.open(note, "checkpoint", log.verifier()))
        .hasMessage("checkpoint origin: expected example.com/other, found example.com/log");
  }

  @Test
  void sixteenSignaturesAreReadAndAHundredAndOneAreNot() throws Exception {
    String line = key("example.com/log", Algorithm.ED25519).sign(TEXT, NOW).line();
    assertThat(Note.parse(utf8(TEXT + "\n" + line.repeat(16)), "n").signatures()).hasSize(16);
    assertThatThrownBy(() -> Note.parse(utf8(TEXT + "\n" + line.repeat(101)), "n"))
        .isInstanceOf(FormatException.LimitExceeded.class);
  }

  @Test
  void whatIsNoNoteIsMalformed() {
    malformed("text\n", "has no empty line");
    malformed("text\n\n", "has no signature");
    malformed("text\n\n- name AAAAAAA=\n", "is not an em dash, a name and base64");
    malformed("text\n\n\u2014 name AAAAAAA\n", "is not base64 of a key id and a signature");
    malformed("text\n\n\u2014 name AAAAAA==\n", "is not base64 of a key id and a signature");
    malformed("text\n\n\u2014 na+me AAAAAAA=\n", "has a name with a space or a plus");
    malformed("text\n\n\u2014 name AAAAAAA=", "does not end in a line end");
    malformed("te\txt\n\n\u2014 name AAAAAAA=\n", "is a control character");
  }

  private static void malformed(String note, String problem) {
    assertThatThrownBy(() -> Note.parse(utf8(note), "note"))
        .isInstanceOf(FormatException.Malformed.class)
        .hasMessageContaining(problem);
  }

  @Test
  void bytesThatAreNotUtf8AreNoNote() {
    assertThatThrownBy(() -> Note.parse(new byte[] {(byte) 0xc3, '\n', '\n'}, "note"))
        .hasMessageContaining("is not UTF-8");
  }

  @Test
  void aCheckpointIsWrittenInOneWayOnly() {
    String root = "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=";
    noCheckpoint("a\n07\n" + root + "\n", "decimal number");
    noCheckpoint("a\n+7\n" + root + "\n", "decimal number");
    noCheckpoint("a\n9223372036854775808\n" + root + "\n", "decimal number");
    noCheckpoint("a\n7\n" + root + "\n\nx\n", "empty line");
    noCheckpoint("a\n7\n" + root.replace("U=", "V=") + "\n", "is not base64 of 32 bytes");
    noCheckpoint("a\n7\n", "2 lines");
    noCheckpoint("a\n7\n" + root, "is not a line end");
  }

  private static void noCheckpoint(String text, String problem) {
    assertThatThrownBy(() -> Checkpoint.parse(text, "c"))
        .isInstanceOf(FormatException.Malformed.class)
        .hasMessageContaining(problem);
  }

  @Test
  void extensionLinesAreKept() throws Exception {
    String text = "a\n7\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\nmore\nlines\n";
    assertThat(Checkpoint.parse(text, "c").extensions()).containsExactly("more", "lines");
    assertThat(Checkpoint.parse(text, "c").text()).isEqualTo(text);
  }

  @Test
  void aVkeyOfAnUnknownTypeIsUnsupported() {
    assertThatThrownBy(() -> VerifierKey.parse("example.com/x+01020304+AgAA"))
        .isInstanceOf(FormatException.Unsupported.class)
        .hasMessageContaining("0x02");
  }
}
