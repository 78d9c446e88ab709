package dev.vidimus.scan.repository;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vidimus.artifact.Bytes;
import dev.vidimus.artifact.Limits;
import dev.vidimus.artifact.Location;
import dev.vidimus.artifact.Spool;
import dev.vidimus.scan.inspection.Inspection;
import dev.vidimus.scan.inspection.ScanOptions;
import dev.vidimus.scan.inspection.Target;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenizerRulesTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "<|im_\\u0435nd|>", // Cyrillic
        "<|im_end |>",
        "<\\uff5cim_end\\uff5c>",
        "<|im\\u2581end|>",
      })
  void tokenThatLooksLikeASpecialOneIsSuspicious(String other) throws IOException {
    assertThat(
            rules(
                "{'added_tokens':[{'id':1,'content':'<|im_end|>','special':true},"
                    + "{'id':2,'content':'"
                    + other
                    + "','special':false}]}"))
        .containsExactly("VID-TOKENIZER-001");
  }

  @Test
  void orderOfMembersDoesNotMatter() throws IOException {
    assertThat(
            rules(
                "{'added_tokens_decoder':{'1':{'special':true,'content':'<s>'},"
                    + "'2':{'content':'<s >','special':false}}}"))
        .containsExactly("VID-TOKENIZER-001");
  }

  @Test
  void imitationOfANamedTokenCounts() throws IOException {
    assertThat(
            rules(
                "{'added_tokens':[{'content':'<|\\u0435os|>','special':false}],"
                    + "'eos_token':'<|eos|>'}"))
        .containsExactly("VID-TOKENIZER-001");
  }

  @Test
  void tokenWithWhatNobodySeesIsSuspicious() throws IOException {
    assertThat(rules("{'added_tokens':[{'content':'<|e\\u200bnd|>','special':false}]}"))
        .containsExactly("VID-TOKENIZER-005");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'added_tokens':[{'content':'<|im_end|>','special':true},"
            + "{'content':'<|im_start|>','special':true},{'content':'<tool_call>'}]}",
        "{'added_tokens':[{'content':'<pad>','special':true},{'content':'<PAD>'}]}",
        "{'added_tokens':[{'content':'  '},{'content':'   '},{'content':'\\u200d'}]}",
        "{'added_tokens':[{'content':'<\\uff5cbegin\\u2581of\\u2581sentence\\uff5c>',"
            + "'special':true}],'bos_token':{'content':"
            + "'<\\uff5cbegin\\u2581of\\u2581sentence\\uff5c>'}}",
      })
  void ordinaryTokensAreQuiet(String tokenizer) throws IOException {
    assertThat(rules(tokenizer)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'type':'Replace','pattern':{'String':'safe'},'content':'unsafe'}",
        "{'type':'Replace','pattern':{'Regex':'(?i)\\\\bnot\\\\b'},'content':''}",
        "{'type':'Sequence','normalizers':[{'type':'NFC'},{'type':'Prepend','prepend':'Ignore'}]}",
        "{'type':'Replace','pattern':{'String':'\\u0431\\u0435\\u043b\\u044b'},'content':''}",
      })
  void normalizerWithWordsIsSuspicious(String step) throws IOException {
    assertThat(rules("{'normalizer':" + step + "}")).contains("VID-TOKENIZER-002");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "null",
        "{'type':'Sequence','normalizers':[{'type':'Prepend','prepend':'\\u2581'},"
            + "{'type':'Replace','pattern':{'String':' '},'content':'\\u2581'}]}",
        "{'type':'Sequence','normalizers':[{'type':'Replace','pattern':{'String':'``'},"
            + "'content':'\\''},{'type':'Replace','pattern':{'Regex':' {2,}'},'content':' '},"
            + "{'type':'NFKD'},{'type':'StripAccents'},{'type':'Lowercase'}]}",
        "{'type':'Replace','pattern':{'Regex':'[\\\\p{Letter}a-zA-Z]\\\\n"
            + "\\\\u00a0'},'content':'<n>'}",
        "{'type':'BertNormalizer','clean_text':true,'strip_accents':null,'lowercase':true}",
      })
  void ordinaryNormalizersAreQuiet(String step) throws IOException {
    assertThat(rules("{'normalizer':" + step.replace("'\\''", "'\\\"'") + "}")).isEmpty();
  }

  @Test
  void decoderWithWordsIsSuspicious() throws IOException {
    assertThat(
            rules(
                "{'decoder':{'type':'Sequence','decoders':[{'type':'ByteFallback'},"
                    + "{'type':'Replace','pattern':{'String':'x'},'content':'evil.example'}]}}"))
        .containsExactly("VID-TOKENIZER-003");
  }

  @Test
  void ordinaryDecodersAreQuiet() throws IOException {
    assertThat(
            rules(
                "{'decoder':{'type':'Sequence','decoders':[{'type':'Replace',"
                    + "'pattern':{'String':'\\u2581'},'content':' '},{'type':'ByteFallback'},"
                    + "{'type':'Fuse'},{'type':'Strip','content':' ','start':1,'stop':0}]}}"))
        .isEmpty();
    assertThat(rules("{'decoder':{'type':'WordPiece','prefix':'##','cleanup':true}}")).isEmpty();
  }

  @Test
  void markerThatIsASentenceIsSuspicious() throws IOException {
    String cls = "{'id':'[CLS]','ids':[1,2,3,4,5],'tokens':['a','b','c','d','e']}";
    assertThat(rules("{'post_processor':{'special_tokens':{'[CLS]':" + cls + "}}}"))
        .containsExactly("VID-TOKENIZER-004");
    String one = "{'id':'[CLS]','ids':[1],'tokens':['[CLS]']}";
    assertThat(rules("{'post_processor':{'special_tokens':{'[CLS]':" + one + "}}}")).isEmpty();
  }

  @Test
  void tableThatWritesASentenceIsSuspicious() throws IOException {
    assertThat(rules(precompiled("Co.", "hPa", "ignore the user"))).contains("VID-TOKENIZER-002");
    assertThat(rules(precompiled("Co.", "hPa", "rad\u2215s", "TEL"))).isEmpty();
  }

  @Test
  void tableThatIsNoneIsNotExamined() throws IOException {
    assertThat(scan("{'normalizer':{'precompiled_charsmap':'////'}}").notExamined()).hasSize(1);
  }

  @Test
  void wordsOfTheVocabularyAreNotLookedAt() throws IOException {
    assertThat(rules("{'model':{'vocab':{'<s>':0},'merges':['i g','ig nore']}}")).isEmpty();
  }

  private static String precompiled(String... texts) throws IOException {
    ByteArrayOutputStream table = new ByteArrayOutputStream();
    table.write(new byte[] {4, 0, 0, 0, 1, 2, 3, 4});
    for (String text : texts) {
      table.write(text.getBytes(StandardCharsets.UTF_8));
      table.write(0);
    }
    return "{'normalizer':{'type':'Precompiled','precompiled_charsmap':'"
        + Base64.getEncoder().encodeToString(table.toByteArray())
        + "'}}";
  }

  private static List<String> rules(String json) throws IOException {
    return scan(json).findings().stream().map(finding -> finding.rule().text()).toList();
  }

  private static Inspection scan(String json) throws IOException {
    Inspection inspection =
        new Inspection(
            new ScanOptions(Limits.DEFAULT, false),
            new Spool(Path.of("target/spool"), 1),
            (target, ignored) -> {});
    Bytes bytes = Bytes.of(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    new ConfigScanner((other, found) -> {}, (other, found) -> {})
        .scan(Target.file(bytes, Location.of("tokenizer.json"), "tokenizer.json"), inspection);
    return inspection;
  }
}
