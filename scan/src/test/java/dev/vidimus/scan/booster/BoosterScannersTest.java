package dev.vidimus.scan.booster;

import static dev.vidimus.scan.WholeScan.report;
import static dev.vidimus.scan.WholeScan.rules;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BoosterScannersTest {
  private static final String LIGHTGBM =
      """
      tree
      version=v4
      num_class=1

      Tree=0
      num_leaves=3
      left_child=1 -1
      right_child=%s

      end of trees

      feature_importances:
      pandas_categorical:null
      """;

  @Test
  void modelOfXgboostInJsonIsQuiet() throws IOException {
    assertThat(rules(report("model.json", xgboost("[1,-1,-1]", "[2,-1,-1]")))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[1,-1,-1] | [3,-1,-1]",
        "[1,-1,-1] | [2,-1]",
        "[1,-1,-1] | [2.5,-1,-1]",
        "[1,-1,-7] | [2,-1,-1]",
        "[1e9,-1] | [1,-1]",
      })
  void branchOutOfATreeIsBroken(String left, String right) throws IOException {
    assertThat(rules(report("model.json", xgboost(left, right)))).containsExactly("VID-BOOST-001");
  }

  @Test
  void modelOfXgboostInUbjsonIsQuiet() throws IOException {
    assertThat(rules(report("model.ubj", ubjson("\1\377\377")))).isEmpty();
  }

  @Test
  void branchOutOfATreeInUbjsonIsBroken() throws IOException {
    assertThat(rules(report("model.ubj", ubjson("\1\377\5")))).containsExactly("VID-BOOST-001");
  }

  @Test
  void otherDocumentInUbjsonIsNotExamined() throws IOException {
    assertThat(rules(report("model.ubj", "{U\1aSU\1x}"))).containsExactly("incomplete");
  }

  @Test
  void modelOfLightgbmIsQuietUnderAnyName() throws IOException {
    assertThat(rules(report("model.txt", LIGHTGBM.formatted("-2 -3")))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"2 -3", "-2 -4", "-2", "-2 x"})
  void branchOutOfATreeOfLightgbmIsBroken(String right) throws IOException {
    assertThat(rules(report("model.txt", LIGHTGBM.formatted(right))))
        .containsExactly("VID-BOOST-001");
  }

  private static String xgboost(String left, String right) {
    return "{\"learner\":{\"gradient_booster\":{\"name\":\"gbtree\",\"model\":{\"trees\":[{\"left_children\":"
        + left
        + ",\"right_children\":"
        + right
        + "}]}}},\"version\":[3,0,0]}";
  }

  private static byte[] ubjson(String left) {
    String tree = "{U\15left_children[$i#U\3" + left + "U\16right_children[$i#U\3\2\377\377}";
    String model = "{U\4nameSU\6gbtreeU\5model{U\5trees[" + tree + "]}}";
    String text = "{U\7learner{U\20gradient_booster" + model + "}}";
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }
}
