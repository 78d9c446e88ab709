package dev.vidimus.scan.repository;

import static dev.vidimus.scan.WholeScan.report;
import static dev.vidimus.scan.WholeScan.rules;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// JSON that is written in the terms of another library than its name says.
class OtherLanguagesTest {
  @Test
  void architectureOfKerasIsKnownByItsClasses() throws IOException {
    String lambda =
        "{\"class_name\":\"Sequential\",\"config\":{\"layers\":[{\"class_name\":\"Lambda\","
            + "\"config\":{\"function\":[\"4w==\",null,null]}}]}}";
    assertThat(rules(report("architecture.json", lambda))).containsExactly("VID-KERAS-001");
  }

  @Test
  void ordinaryArchitectureIsQuiet() throws IOException {
    String dense = "{\"class_name\":\"Dense\",\"config\":{\"units\":1,\"scale\":NaN}}";
    assertThat(rules(report("architecture.json", dense))).isEmpty();
  }

  @Test
  void schemaOfSkopsIsKnownOutsideOfItsArchive() throws IOException {
    String schema =
        "{\"__class__\":\"system\",\"__module__\":\"os\",\"__loader__\":\"FunctionNode\","
            + "\"content\":\"system\"}";
    assertThat(rules(report("schema.json", schema))).containsExactly("VID-SKOPS-001");
  }

  @ParameterizedTest
  @ValueSource(strings = {"py/object", "py/type", "py/function"})
  void jsonpickleNamesWhatItImports(String member) throws IOException {
    assertThat(rules(report("a.json", "{\"" + member + "\":\"subprocess.Popen\"}")))
        .containsExactly("VID-REPO-004");
  }

  @Test
  void operatorOfMxnetThatRunsPythonIsSuspicious() throws IOException {
    String symbol = "{\"nodes\":[{\"op\":\"%s\",\"name\":\"c\"}],\"heads\":[[0,0,0]]}";
    assertThat(rules(report("a-symbol.json", symbol.formatted("Custom"))))
        .containsExactly("VID-OPERATOR-002");
    assertThat(rules(report("a-symbol.json", symbol.formatted("_Native"))))
        .containsExactly("VID-OPERATOR-003");
    assertThat(rules(report("a-symbol.json", symbol.formatted("Convolution")))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"a\": NaN}", "[Infinity, -Infinity]", "{\"a\": \"\\ud83d\"}"})
  void whatPythonWritesIsNoGap(String json) throws IOException {
    assertThat(rules(report("config.json", json))).isEmpty();
  }

  @Test
  void whatNobodyWritesIs() throws IOException {
    assertThat(rules(report("config.json", "{\"a\": nan}"))).containsExactly("incomplete");
  }
}
