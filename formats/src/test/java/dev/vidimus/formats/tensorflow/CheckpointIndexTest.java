package dev.vidimus.formats.tensorflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vidimus.artifact.Bytes;
import dev.vidimus.artifact.FormatException;
import dev.vidimus.testkit.CheckpointForger;
import dev.vidimus.testkit.ProtoForger;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class CheckpointIndexTest {
  @Test
  void tensorsAreCounted() throws Exception {
    assertThat(read(CheckpointForger.index().tensor("a", 0, 24, 2, 3).tensor("b", 24, 4)))
        .isEqualTo(2);
  }

  @Test
  void sizeThatIsNotThatOfTheShapeIsMalformed() {
    assertThatThrownBy(() -> read(CheckpointForger.index().tensor("a", 0, 25, 2, 3)))
        .isInstanceOf(FormatException.Malformed.class)
        .hasMessageContaining("has 25 bytes for the shape [2, 3]");
  }

  @Test
  void shapeWhoseProductOverflowsIsMalformed() {
    assertThatThrownBy(() -> read(CheckpointForger.index().tensor("a", 0, 0, 1L << 40, 1L << 40)))
        .isInstanceOf(FormatException.Malformed.class);
  }

  @Test
  void placeBelowZeroIsMalformed() {
    assertThatThrownBy(() -> read(CheckpointForger.index().tensor("a", -8, 4)))
        .isInstanceOf(FormatException.Malformed.class)
        .hasMessageContaining("below 0");
  }

  @Test
  void shardThatIsNotThereIsMalformed() {
    ProtoForger entry = ProtoForger.message().number(1, 7).number(3, 5);
    assertThatThrownBy(() -> read(CheckpointForger.index().entry("a", entry)))
        .isInstanceOf(FormatException.Malformed.class)
        .hasMessageContaining("is in shard 5 of 1");
  }

  @Test
  void whatIsNoTableIsMalformed() throws IOException {
    assertThat(CheckpointIndex.isTable(Bytes.of(new byte[60]))).isFalse();
    assertThatThrownBy(() -> CheckpointIndex.read(Bytes.of(new byte[60]), "test"))
        .isInstanceOf(FormatException.Malformed.class)
        .hasMessageContaining("footer");
  }

  private static long read(CheckpointForger forger) throws IOException, FormatException {
    return CheckpointIndex.read(Bytes.of(forger.bytes()), "test");
  }
}
