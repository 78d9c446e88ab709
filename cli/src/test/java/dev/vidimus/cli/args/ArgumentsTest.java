package dev.vidimus.cli.args;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

final class ArgumentsTest {
  private static final Option SIZE = Option.valued("--size", "N", "");
  private static final Option QUIET = Option.toggle("--quiet", "-q", "");
  private static final Option COLOUR = Option.choice("--colour", List.of("red", "green"), "");
  private static final Command COMMAND =
      new Command("paint", "", "WALL…", List.of(SIZE, QUIET, COLOUR), "");

  private static Arguments parse(String... words) throws UsageException {
    return Arguments.parse(COMMAND, List.of(words));
  }

  @Test
  void optionsMayStandAnywhere() throws UsageException {
    Arguments given = parse("north", "--size", "3", "south", "-q");
    assertThat(given.parameters()).containsExactly("north", "south");
    assertThat(given.value(SIZE)).isEqualTo("3");
    assertThat(given.has(QUIET)).isTrue();
    assertThat(given.has(COLOUR)).isFalse();
  }

  @Test
  void valueMayFollowAnEqualsSign() throws UsageException {
    assertThat(parse("--size=a=b").value(SIZE)).isEqualTo("a=b");
    assertThat(parse("--size=").value(SIZE)).isEmpty();
  }

  @Test
  void everythingBehindTwoDashesIsAParameter() throws UsageException {
    assertThat(parse("--", "-q", "--", "-").parameters()).containsExactly("-q", "--", "-");
  }

  @Test
  void aDashAloneIsAParameter() throws UsageException {
    assertThat(parse("-").parameters()).containsExactly("-");
  }

  @Test
  void theLastOfSeveralValuesCountsAndAllAreKept() throws UsageException {
    Arguments given = parse("--size", "1", "--size", "2");
    assertThat(given.value(SIZE)).isEqualTo("2");
    assertThat(given.values(SIZE)).containsExactly("1", "2");
  }

  @Test
  void mistypedOptionIsGuessed() {
    assertUsage("unknown option: --sise", "did you mean --size?", "--sise=3");
    assertUsage("unknown option: --xxxxxxx", "vidimus paint --help lists the options", "--xxxxxxx");
  }

  @Test
  void valueOutsideTheChoiceIsGuessed() {
    assertUsage(
        "--colour is one of red|green, not \"gren\"", "did you mean green?", "--colour", "gren");
  }

  @Test
  void missingOrNeedlessValueIsSaid() {
    assertUsage("--size needs a value: N", "", "--size");
    assertUsage("--quiet takes no value", "", "--quiet=yes");
  }

  private static void assertUsage(String message, String hint, String... words) {
    assertThatThrownBy(() -> parse(words))
        .isInstanceOfSatisfying(
            UsageException.class,
            e -> {
              assertThat(e).hasMessage(message);
              assertThat(e.hint()).isEqualTo(hint);
            });
  }
}
