package dev.vidimus.formats.compressed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vidimus.artifact.Limits;
import dev.vidimus.testkit.Mutations;
import java.io.IOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Damaged streams end as a value, never as an exception, and within the budget.
final class InflationMutationTest {
  private static final int RUNS = Integer.getInteger("mutations", 3_000);
  private static final int MOST = 1 << 20;
  private static final Limits SMALL = new Limits(16, 1000, MOST, 1000, 1 << 20, 10);

  @ParameterizedTest
  @EnumSource(Codec.Stream.class)
  void damagedStreamsEndWithinTheBudget(Codec.Stream format) throws IOException {
    byte[] packed = Packed.by(format, Packed.words(3_000));
    damage(format, format.ordinal(), packed);
  }

  @ParameterizedTest
  @ValueSource(strings = {"words-1.zst", "words-19.zst"})
  void damagedZstdFramesEndWithinTheBudget(String resource) throws IOException {
    damage(Codec.Stream.ZSTD, 99, Packed.resource(resource));
  }

  @ParameterizedTest
  @ValueSource(strings = {"words.lz4", "words-linked.lz4"})
  void damagedLz4FramesEndWithinTheBudget(String resource) throws IOException {
    damage(Codec.Stream.LZ4, 98, Packed.resource(resource));
  }

  private static void damage(Codec codec, long seed, byte[] packed) throws IOException {
    Mutations mutations = new Mutations(seed);
    int runs = packed.length > 10_000 ? RUNS / 10 : RUNS;
    for (int i = 0; i < runs; i++) {
      Inflated inflated = Packed.inflate(codec, SMALL, mutations.of(packed));
      assertThat(inflated.content().size()).isLessThanOrEqualTo(MOST);
    }
  }
}
