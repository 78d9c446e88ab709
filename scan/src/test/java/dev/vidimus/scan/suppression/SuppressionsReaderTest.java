package dev.vidimus.scan.suppression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vidimus.artifact.Bytes;
import dev.vidimus.artifact.Digest;
import dev.vidimus.artifact.FormatException;
import dev.vidimus.artifact.RuleId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SuppressionsReaderTest {
  private static final String HEX =
      "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";
  private static final String ONE =
      "{'rule':'VID-REPO-001','file':'sha256:"
          + HEX
          + "','reason':'read','owner':'ana','expires':'2030-12-31'}";

  @Test
  void readsWhatIsThere() throws Exception {
    assertThat(read(file(ONE)))
        .containsExactly(
            new Suppression(
                new RuleId("VID-REPO-001"),
                Digest.ofHex(HEX),
                "read",
                "ana",
                LocalDate.of(2030, 12, 31)));
    assertThat(read(file(""))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '~',
      value = {
        "'rule':'VID-REPO-001';'rule':'VID-REPO-999';there is no rule VID-REPO-999",
        "'rule':'VID-REPO-001';'rule':'VID-*';there is no rule VID-*",
        "'rule':'VID-REPO-001',;;needs rule, file, reason, owner and expires",
        "'reason':'read';'reason':' ';is empty or too long",
        "'reason':'read',;;needs rule, file, reason, owner and expires",
        "'owner':'ana',;;needs rule, file, reason, owner and expires",
        "'expires':'2030-12-31';'expires':'never';is no day such as 2030-12-31",
        "'expires':'2030-12-31';'expires':'2030-02-30';is no day such as 2030-12-31",
        "sha256:9f;sha256:9F;is no digest",
        "sha256:9f;md5:9f;is no digest",
        "'owner';'Owner';is no member of a suppression",
        "'owner':'ana';'owner':'ana','owner':'bo';Duplicate",
        "'expires';'note':'x','expires';is no member of a suppression",
      })
  void whatIsNotAsItHasToBeIsRefused(String old, String other, String message) {
    String changed = ONE.replace(old, other == null ? "" : other);
    assertThatThrownBy(() -> read(file(changed)))
        .isInstanceOf(FormatException.Malformed.class)
        .hasMessageContaining(message);
  }

  @Test
  void schemaHasToBeSaid() {
    assertThatThrownBy(() -> read("{'suppressions':[]}")).hasMessageContaining("is missing");
    assertThatThrownBy(() -> read("{'schema':'vidimus.suppressions/2','suppressions':[]}"))
        .hasMessageContaining("is not vidimus.suppressions/1");
    assertThatThrownBy(() -> read("[]")).hasMessageContaining("not an object");
  }

  @Test
  void sameRuleTwiceForAFileIsRefused() {
    assertThatThrownBy(() -> read(file(ONE + "," + ONE))).hasMessageContaining("twice");
  }

  @Test
  void lastDayStillCounts() throws Exception {
    List<Suppression> all = read(file(ONE));
    assertThat(Suppressions.of(all, Instant.parse("2030-12-31T23:59:59Z")).valid()).hasSize(1);
    assertThat(Suppressions.of(all, Instant.parse("2031-01-01T00:00:00Z")).valid()).isEmpty();
    assertThat(Suppressions.of(all, Instant.parse("2031-01-01T00:00:00Z")).expired()).hasSize(1);
  }

  private static String file(String suppressions) {
    return "{'schema':'vidimus.suppressions/1','suppressions':[" + suppressions + "]}";
  }

  private static List<Suppression> read(String json) throws IOException, FormatException {
    byte[] bytes = json.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    return SuppressionsReader.read(Bytes.of(bytes), "s.json", "VID-REPO-001"::equals);
  }
}
