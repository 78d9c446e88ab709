package dev.vidimus.evidence.oms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vidimus.artifact.digest.Stretch;
import dev.vidimus.evidence.CheckFailed;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HashTypeTest {
  @TempDir Path folder;

  /// The [official vectors](https://github.com/BLAKE3-team/BLAKE3/blob/master/test_vectors), whose
  /// input counts from 0 to 250 again and again: around a chunk, two chunks, and a tree of many.
  @ParameterizedTest
  @CsvSource({
    "0, af1349b9f5f9a1a6a0404dea36dcc9499bcb25c9adc112b7cc9a93cae41f3262",
    "1, 2d3adedff11b61f14c886e35afa036736dcd87a74d27b5c1510225d0f592e213",
    "1023, 10108970eeda3eb932baac1428c7a2163b0e924c9a9e25b35bba72b28f70bd11",
    "1024, 42214739f095a406f3fc83deb889744ac00df831c10daa55189b5d121c855af7",
    "1025, d00278ae47eb27b34faecf67b4fe263f82d5412916c1ffd97c8cb7fb814b8444",
    "2048, e776b6028c7cd22a4d0ba182a8bf62205d2ef576467e838ed6f2529b85fba24a",
    "2049, 5f4d72f40d7a5f82b15ca2b2e44b1de3c2ef86c426c95c1af0b6879522563030",
    "102400, bc3e3d41a1146b069abffad3c0d44860cf664390afce4d9661f7902e7943e085"
  })
  void blake3IsThatOfItsAuthors(int length, String expected) throws Exception {
    byte[] content = new byte[length];
    for (int i = 0; i < length; i++) {
      content[i] = (byte) (i % 251);
    }
    Path file = Files.write(folder.resolve("f"), content);
    assertThat(HashType.ofWord("blake3").hash(List.of(new Stretch(file, 0, length, true))))
        .containsExactly(expected);
  }

  @Test
  void otherWordIsRefused() {
    assertThatThrownBy(() -> HashType.ofWord("blake2s"))
        .isInstanceOf(CheckFailed.class)
        .hasMessageContaining("sha256, blake2b or blake3");
  }
}
