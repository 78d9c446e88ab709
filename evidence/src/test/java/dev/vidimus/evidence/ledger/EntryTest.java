package dev.vidimus.evidence.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vidimus.artifact.FormatException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

final class EntryTest {
  private static final String EMPTY_DIGEST =
      "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
  private static final String SPELLED =
      "{\"v\":1,\"type\":\"approval\",\"time\":\"2026-11-21T10:42:55Z\",\"actor\":\"p-1\","
          + ("\"subject\":[\"sha256:9f86\"],\"envelope\":\"" + EMPTY_DIGEST + "\",\"size\":0}");

  private static Entry parse(String json) throws FormatException {
    return Entry.parse(json.getBytes(StandardCharsets.UTF_8), "entry 7");
  }

  @Test
  void anEntryIsSpelledInOneWay() throws Exception {
    Entry entry =
        Entry.about(
            new byte[0],
            "approval",
            Instant.parse("2026-11-21T10:42:55.999Z"),
            "p-1",
            List.of("sha256:9f86"));
    assertThat(entry.bytes()).asString(StandardCharsets.US_ASCII).isEqualTo(SPELLED);
    assertThat(parse(SPELLED)).isEqualTo(entry);
  }

  @Test
  void everyOtherSpellingIsRefused() {
    refused(SPELLED.replace(":1,", ": 1,"), "is not spelled");
    refused(SPELLED + "\n", "is not spelled");
    refused(SPELLED.replace("\"v\":1,", ""), "is not spelled");
    refused(SPELLED.replace("55Z", "55.000Z"), "is not spelled");
    refused(SPELLED.replace("approval", "approv\\u0061l"), "is not spelled");
    refused(SPELLED.replace("\"size\":0", "\"size\":0,\"size\":0"), "uplicate");
    refused(SPELLED.replace("\"size\":0", "\"size\":0,\"more\":0"), "is no member of an entry");
    refused(SPELLED.replace("e3b0", "E3B0"), "lower-case hex");
    refused(SPELLED.replace("\"size\":0", "\"size\":-1"), "is no whole number");
    refused(SPELLED.replace("p-1", "J\u00fcrgen"), "actor is not visible ASCII");
  }

  private static void refused(String json, String problem) {
    assertThatThrownBy(() -> parse(json))
        .isInstanceOf(FormatException.class)
        .hasMessageContaining(problem);
  }

  @Test
  void anotherVersionIsUnsupported() {
    assertThatThrownBy(() -> parse(SPELLED.replace("\"v\":1", "\"v\":2")))
        .isInstanceOf(FormatException.Unsupported.class);
  }

  @Test
  void fourKibibytesAreTheLimit() {
    List<String> subjects = Collections.nCopies(60, "sha256:" + "0".repeat(64));
    assertThatThrownBy(() -> Entry.about(new byte[0], "t", Instant.EPOCH, "a", subjects))
        .hasMessageContaining("over the limit of 4096");
    assertThatThrownBy(() -> parse(" ".repeat(4097)))
        .isInstanceOf(FormatException.LimitExceeded.class);
  }
}
