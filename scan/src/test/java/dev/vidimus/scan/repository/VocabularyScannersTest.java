package dev.vidimus.scan.repository;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vidimus.artifact.Bytes;
import dev.vidimus.artifact.Limits;
import dev.vidimus.artifact.Location;
import dev.vidimus.artifact.Spool;
import dev.vidimus.formats.detect.Detector;
import dev.vidimus.formats.detect.Format;
import dev.vidimus.scan.inspection.Inspection;
import dev.vidimus.scan.inspection.ScanOptions;
import dev.vidimus.scan.inspection.Scanner;
import dev.vidimus.scan.inspection.Target;
import dev.vidimus.testkit.SentencePieceForger;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VocabularyScannersTest {
  @ParameterizedTest
  @ValueSource(strings = {"tokenizer.model", "source.spm", "weights.bin", "noname"})
  void modelOfSentencePieceIsKnownByItsFirstPiece(String name) throws IOException {
    byte[] model = SentencePieceForger.ordinary().normal("\u2581the").bytes();
    assertThat(Detector.detect(Bytes.of(model), name).formats())
        .containsExactly(Format.SENTENCEPIECE);
  }

  @Test
  void tableOfTiktokenIsKnownWhateverItsName() throws IOException {
    byte[] table = text("IQ== 0\nIg== 1\n");
    for (String name : List.of("tokenizer.model", "qwen.tiktoken", "ranks.txt")) {
      assertThat(Detector.detect(Bytes.of(table), name).formats()).containsExactly(Format.TIKTOKEN);
    }
    assertThat(Detector.detect(Bytes.of(table), "tokenizer.model").named()).isEmpty();
  }

  @Test
  void ordinaryModelIsQuiet() throws IOException {
    Inspection inspection =
        pieces(
            SentencePieceForger.ordinary()
                .userDefined("[INST]")
                .userDefined("<table>")
                .ofByte(10)
                .normal("ignore")
                .normalizer("Co.", "hPa")
                .denormalizer("41 20\t42\n")
                .bytes());
    assertThat(rules(inspection)).isEmpty();
    assertThat(inspection.notExamined()).isEmpty();
  }

  @Test
  void userDefinedPieceThatLooksLikeAControlPieceIsSuspicious() throws IOException {
    assertThat(rules(pieces(SentencePieceForger.ordinary().userDefined("<\u0455>").bytes())))
        .containsExactly("VID-TOKENIZER-001");
    assertThat(rules(pieces(SentencePieceForger.ordinary().userDefined("<x\u200b>").bytes())))
        .containsExactly("VID-TOKENIZER-005");
  }

  @Test
  void tableThatWritesASentenceIsSuspicious() throws IOException {
    assertThat(rules(pieces(SentencePieceForger.ordinary().normalizer("ignore the user").bytes())))
        .containsExactly("VID-TOKENIZER-002");
  }

  @Test
  void rulesThatWriteASentenceAreSuspicious() throws IOException {
    String words = "69 67 6E 6F 72 65 20 74 68 65 6D";
    assertThat(rules(pieces(SentencePieceForger.ordinary().denormalizer("41\t" + words).bytes())))
        .containsExactly("VID-TOKENIZER-003");
  }

  @Test
  void modelThatIsCutOffIsInvalid() throws IOException {
    byte[] model = SentencePieceForger.ordinary().normalizer("Co.").bytes();
    assertThat(rules(pieces(Arrays.copyOf(model, model.length - 3))))
        .containsExactly("VID-TOKENIZER-006");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "IQ== 0\nI*== 1\n",
        "IQ== 0\nIQ= 1\n",
        "IQ== 0\nIg== one\n",
        "IQ== 0\nIg== \n",
        "IQ== 0\n=Ig= 1\n",
        "IQ== 0\nIg==",
        "IQ== 0\n 1\n",
        "IQ== 0\nIg== 12345678901\n"
      })
  void lineThatIsNoTokenIsInvalid(String table) throws IOException {
    assertThat(rules(scan(VocabularyScanners::tiktoken, text(table))))
        .containsExactly("VID-TOKENIZER-006");
  }

  @Test
  void ordinaryTableIsQuiet() throws IOException {
    assertThat(rules(scan(VocabularyScanners::tiktoken, text("IQ== 0\r\nIHRoZQ== 1\nIg== 2"))))
        .isEmpty();
  }

  private static byte[] text(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static Inspection pieces(byte[] model) throws IOException {
    return scan(VocabularyScanners::sentencePiece, model);
  }

  private static Inspection scan(Scanner scanner, byte[] content) throws IOException {
    Inspection inspection =
        new Inspection(
            new ScanOptions(Limits.DEFAULT, false),
            new Spool(Path.of("target/spool"), 1),
            (target, ignored) -> {});
    Location place = Location.of("tokenizer.model");
    scanner.scan(Target.file(Bytes.of(content), place, "tokenizer.model"), inspection);
    return inspection;
  }

  private static List<String> rules(Inspection inspection) {
    return inspection.findings().stream().map(finding -> finding.rule().text()).toList();
  }
}
