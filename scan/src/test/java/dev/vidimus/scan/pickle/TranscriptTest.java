package dev.vidimus.scan.pickle;

import static dev.vidimus.testkit.PickleForger.proto;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TranscriptTest {
  @Test
  void attackReadsLikePythonWithByteOffsets() {
    byte[] stream = proto(4).stackGlobal("os", "system").callWithText("id\u001b[2J").stop();
    assertThat(PickleScans.explain(stream))
        .containsExactly(
            "14: import os.system",
            "24: os.system('id\\x1b[2J')   # Loading calls something that can run code");
  }

  @Test
  void cleanStreamListsItsImportsAndCountsItsCalls() {
    byte[] stream =
        proto(2)
            .global("collections", "OrderedDict")
            .call()
            .global("collections", "OrderedDict")
            .call()
            .stop();
    assertThat(PickleScans.explain(stream))
        .containsExactly(
            "2: import collections.OrderedDict", "-1: # 2 calls of collections.OrderedDict");
  }
}
