package dev.vidimus.cli.host;

import static dev.vidimus.cli.host.ExitCode.COULD_NOT_TELL;
import static dev.vidimus.cli.host.ExitCode.NO;
import static dev.vidimus.cli.host.ExitCode.YES;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class ExitCodeTest {
  @Test
  void aNoOutweighsWhatIsNotKnown() {
    assertThat(COULD_NOT_TELL.worse(NO)).isEqualTo(NO);
    assertThat(NO.worse(COULD_NOT_TELL)).isEqualTo(NO);
  }

  @Test
  void whatIsNotKnownNeverCountsAsYes() {
    assertThat(YES.worse(COULD_NOT_TELL)).isEqualTo(COULD_NOT_TELL);
    assertThat(COULD_NOT_TELL.worse(YES)).isEqualTo(COULD_NOT_TELL);
  }
}
