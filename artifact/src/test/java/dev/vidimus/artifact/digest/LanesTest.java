package dev.vidimus.artifact.digest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vidimus.artifact.Digest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every engine against the JDK, over lengths where padding and slices end, and every filling.
class LanesTest {
  /// The compression of one stream, lane after lane: what vectors are compared with, and what lets
  /// the lane scheduling be tested at any width on a machine without vectors.
  record OneByOne(int count) implements Lanes {
    @Override
    public void compress(int[] state, byte[][] input, int[] at, int blocks) {
      int[] own = new int[8];
      for (int lane = 0; lane < count; lane++) {
        for (int word = 0; word < 8; word++) {
          own[word] = state[word * count + lane];
        }
        for (int block = 0; block < blocks; block++) {
          Sha256Rounds.compress(own, input[lane], at[lane] + block * 64, new int[64]);
        }
        for (int word = 0; word < 8; word++) {
          state[word * count + lane] = own[word];
        }
      }
    }
  }

  @TempDir Path folder;
  private final Random random = new Random(20261121);

  static Stream<Lanes> lanes() {
    return Stream.of(new OneByOne(8), new OneByOne(16), new VectorLanes());
  }

  @ParameterizedTest
  @MethodSource("lanes")
  void lanesHashLikeTheJdkOverRandomLengths(Lanes lanes) throws IOException {
    List<Integer> lengths = new ArrayList<>(List.of(0, 1, 55, 56, 63, 64, 65, 119, 120, 65_535));
    lengths.addAll(List.of(65_536, 65_537, 131_072, 65_536 + 55, 65_536 + 56));
    IntStream.range(0, 60).forEach(i -> lengths.add(random.nextInt(200_000)));
    Collections.shuffle(lengths, random);
    agreesWithTheJdk(lanes, lengths);
  }

  @ParameterizedTest
  @MethodSource("lanes")
  void lanesHashLikeTheJdkForEveryFilling(Lanes lanes) throws IOException {
    for (int streams = 0; streams <= 20; streams++) {
      agreesWithTheJdk(lanes, random.ints(streams, 0, 1_000).boxed().toList());
    }
  }

  @Test
  void vectorsCompressLikeOneStreamOverManyBlocks() {
    Lanes vectors = new VectorLanes();
    Lanes single = new OneByOne(vectors.count());
    byte[][] input = new byte[vectors.count()][4_096];
    int[] at = new int[vectors.count()];
    for (int lane = 0; lane < input.length; lane++) {
      random.nextBytes(input[lane]);
      at[lane] = random.nextInt(100);
    }
    int[] expected = random.ints(8L * vectors.count()).toArray();
    int[] state = expected.clone();
    // Often enough that the compiler's vectors are tested, and not the interpreter's objects only.
    for (int i = 0; i < 300; i++) {
      single.compress(expected, input, at, 60);
      vectors.compress(state, input, at, 60);
      assertThat(state).isEqualTo(expected);
    }
  }

  @Test
  void vectorsAndSingleWordsTransposeAlike() {
    if (!VectorWords.BLOCK_A_VECTOR) {
      return; // this CPU's vectors are shorter than a block, and nobody calls it
    }
    byte[][] input = new byte[VectorWords.COUNT][300];
    int[] at = random.ints(VectorWords.COUNT, 0, 100).toArray();
    for (byte[] lane : input) {
      random.nextBytes(lane);
    }
    int[] byWord = new int[16 * VectorWords.COUNT];
    int[] byVector = new int[16 * VectorWords.COUNT];
    int[] half = new int[16 * VectorWords.COUNT];
    VectorLanes.scatter(input, at, 128, byWord);
    VectorLanes.load(input, at, 128, half);
    VectorLanes.transpose(half, byVector);
    assertThat(byVector).isEqualTo(byWord);
  }

  @Test
  void fileThatGrewIsSaidToHaveChanged() throws IOException {
    Path file = Files.writeString(folder.resolve("grown"), "longer than it was");
    assertThatThrownBy(() -> Sha256.of(List.of(new Stretch(file, 0, 6, true)), -1))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("grown: changed while it was read: 6 bytes at first, now 18");
  }

  @Test
  void fileThatShrankIsSaidToHaveChanged() throws IOException {
    Path file = Files.writeString(folder.resolve("shrunk"), "short");
    assertThatThrownBy(() -> Sha256.of(List.of(new Stretch(file, 0, 6, true)), -1))
        .hasMessageContaining("shrunk: changed while it was read: 6 bytes at first, now 5");
  }

  @Test
  void stretchInsideAFileIsHashedAlone() throws IOException {
    Path file = Files.writeString(folder.resolve("f"), "abcdef");
    assertThat(
            Sha256.of(List.of(new Stretch(file, 2, 3, false), new Stretch(file, 3, 3, true)), -1))
        .extracting(Sums::sha256)
        .containsExactly(Digest.sha256("cde".getBytes()), Digest.sha256("def".getBytes()));
  }

  private void agreesWithTheJdk(Lanes lanes, List<Integer> lengths) throws IOException {
    List<Stretch> stretches = new ArrayList<>();
    List<Digest> expected = new ArrayList<>();
    for (int length : lengths) {
      byte[] content = new byte[length];
      random.nextBytes(content);
      Path file = Files.write(folder.resolve("f" + stretches.size()), content);
      stretches.add(new Stretch(file, 0, length, true));
      expected.add(Digest.sha256(content));
    }
    var results = new AtomicReferenceArray<Sums>(lengths.size());
    int[] order = IntStream.range(0, lengths.size()).toArray();
    new LaneWorker(new Work(stretches, -1, order, results), lanes).call();
    assertThat(Arrays.stream(order).mapToObj(i -> results.get(i).sha256()).toList())
        .isEqualTo(expected);
    assertThat(Sha256.of(stretches, -1)).extracting(Sums::sha256).isEqualTo(expected);
  }
}
