package dev.vidimus.scan.rds;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vidimus.artifact.Bytes;
import dev.vidimus.artifact.Finding;
import dev.vidimus.artifact.Limits;
import dev.vidimus.artifact.Location;
import dev.vidimus.artifact.RuleId;
import dev.vidimus.artifact.Spool;
import dev.vidimus.scan.inspection.Inspection;
import dev.vidimus.scan.inspection.ScanOptions;
import dev.vidimus.scan.inspection.Target;
import dev.vidimus.testkit.RdsForger;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RdsScannerTest {
  @Test
  void promiseThatRunsAProgramIsMalicious_CVE_2024_27322() throws IOException {
    assertThat(rules(RdsForger.stream().promise().call("system", "id")))
        .containsExactly(RdsRule.PROMISE.id(), RdsRule.HARMFUL_PROMISE.id());
  }

  @Test
  void promiseThatTakesAFunctionByItsNameIsMalicious() throws IOException {
    assertThat(rules(RdsForger.stream().promise().call("do.call", "system")))
        .contains(RdsRule.HARMFUL_PROMISE.id());
  }

  @Test
  void promiseThatMakesCodeOfTextIsMalicious() throws IOException {
    assertThat(rules(RdsForger.stream().promise().call("parse", "x")))
        .contains(RdsRule.HARMFUL_PROMISE.id());
  }

  @Test
  void promiseInPlaceOfAValueIsSuspiciousWhateverItCalls() throws IOException {
    assertThat(rules(RdsForger.stream().number(19).number(1).promise().call("sum", "x")))
        .containsExactly(RdsRule.PROMISE.id());
  }

  @Test
  void argumentsThatAFunctionHasNotUsedAreQuiet() throws IOException {
    assertThat(
            rules(
                RdsForger.stream().environment("x").promise().call("sum", "x").endOfEnvironment()))
        .isEmpty();
  }

  @Test
  void argumentsThatWereUsedAreHistory() throws IOException {
    assertThat(
            rules(
                RdsForger.stream()
                    .environment("x")
                    .usedPromise()
                    .call("sum", "x")
                    .endOfEnvironment()))
        .isEmpty();
  }

  @Test
  void functionThatStartsProgramsIsSuspicious() throws IOException {
    assertThat(rules(RdsForger.stream().function().call("system2", "curl")))
        .containsExactly(RdsRule.HARMFUL_CALL.id());
  }

  @Test
  void functionOfAnotherPackageIsKnownByItsOwnName() throws IOException {
    RdsForger call =
        RdsForger.stream()
            .function()
            .number(6) // (base::system)()
            .number(6)
            .symbol("::")
            .number(2)
            .symbol("base")
            .number(2)
            .symbol("system")
            .number(RdsForger.NULL)
            .number(RdsForger.NULL);
    assertThat(scan(call.bytes()).findings())
        .extracting(Finding::message)
        .containsExactly("a function calls \"base::system\"");
  }

  @Test
  void symbolsAreFollowedThroughReferences() throws IOException {
    RdsForger call =
        RdsForger.stream()
            .number(19)
            .number(2)
            .symbol("system")
            .number(6)
            .number(255 | 1 << 8)
            .number(RdsForger.NULL);
    assertThat(rules(call)).containsExactly(RdsRule.HARMFUL_CALL.id());
  }

  @ParameterizedTest
  @ValueSource(strings = {"predict", "eval", "library", "function"})
  void ordinaryFunctionsAreQuiet(String name) throws IOException {
    assertThat(rules(RdsForger.stream().function().call(name, "system"))).isEmpty();
  }

  @Test
  void streamOfTextIsReadToo() throws IOException {
    String text =
        "A\n2\n262912\n131840\n6\n1\n262153\n6\nsystem\n2\n16\n1\n262153\n2\n\\151d\n254\n";
    assertThat(scan(text.getBytes(StandardCharsets.US_ASCII)).findings())
        .extracting(Finding::rule)
        .containsExactly(RdsRule.HARMFUL_CALL.id());
  }

  @Test
  void lengthBeyondTheFileIsBroken() throws IOException {
    assertThat(scan(RdsForger.stream().number(14).number(1 << 30).bytes()).findings())
        .extracting(Finding::message)
        .containsExactly("model.rds: numbers: declares 1073741824 elements but 0 bytes follow");
  }

  @Test
  void referenceToNothingIsBroken() throws IOException {
    assertThat(rules(RdsForger.stream().number(255 | 7 << 8))).containsExactly(RdsRule.BROKEN.id());
  }

  @Test
  void deepNestingIsOverTheLimit() throws IOException {
    RdsForger deep = RdsForger.stream();
    for (int i = 0; i < 1000; i++) {
      deep.number(19).number(1);
    }
    assertThat(scan(deep.bytes()).notExamined()).hasSize(1);
  }

  private static List<RuleId> rules(RdsForger forger) throws IOException {
    Inspection inspection = scan(forger.bytes());
    assertThat(inspection.notExamined()).isEmpty();
    return inspection.findings().stream().map(Finding::rule).distinct().toList();
  }

  private static Inspection scan(byte[] bytes) throws IOException {
    Spool spool = new Spool(Path.of("target", "spool"), 1 << 20);
    Inspection inspection =
        new Inspection(new ScanOptions(Limits.DEFAULT, false), spool, (target, it) -> {});
    new RdsScanner()
        .scan(Target.file(Bytes.of(bytes), Location.of("model.rds"), "model.rds"), inspection);
    return inspection;
  }
}
