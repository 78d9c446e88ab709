package dev.vidimus.lineage.tensors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vidimus.artifact.FormatException;
import dev.vidimus.artifact.Spool;
import dev.vidimus.testkit.Hdf5Forger;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.zip.DeflaterOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Datasets of HDF5 in chunks: element `i` of each is the number `i`.
class ChunkedDatasetTest {
  private static final int DEFLATE = 1;
  private static final int SHUFFLE = 2;
  private static final int CHECKSUM = 3;
  private static final List<Long> SHAPE = List.of(3L, 5L);
  private static final List<Long> BOX = List.of(2L, 2L);

  @TempDir Path folder;

  @Test
  void chunksAreLaidSideBySide() throws Exception {
    assertThat(values(SHAPE, BOX, List.of(), chunks(SHAPE, BOX, plain -> plain)))
        .isEqualTo(counted(15));
  }

  @Test
  void ofOneDimensionOrThreeTheyAreToo() throws Exception {
    List<Long> line = List.of(7L);
    List<Long> three = List.of(3L);
    assertThat(values(line, three, List.of(), chunks(line, three, plain -> plain)))
        .isEqualTo(counted(7));
    List<Long> cube = List.of(3L, 4L, 5L);
    List<Long> dice = List.of(2L, 3L, 2L);
    assertThat(values(cube, dice, List.of(), chunks(cube, dice, plain -> plain)))
        .isEqualTo(counted(60));
  }

  @Test
  void theOrderInTheTreeDoesNotMatter() throws Exception {
    List<Hdf5Forger.Chunk> chunks = chunks(SHAPE, BOX, plain -> plain);
    assertThat(values(SHAPE, BOX, List.of(), chunks.reversed())).isEqualTo(counted(15));
  }

  @Test
  void filtersAreUndoneInReverse() throws Exception {
    List<Hdf5Forger.Chunk> chunks = chunks(SHAPE, BOX, plain -> deflated(shuffled(plain)));
    assertThat(values(SHAPE, BOX, List.of(SHUFFLE, DEFLATE), chunks)).isEqualTo(counted(15));
  }

  @Test
  void filterThatAChunkLeftOutIsNotUndone() throws Exception {
    List<Hdf5Forger.Chunk> chunks = chunks(SHAPE, BOX, ChunkedDatasetTest::shuffled);
    chunks.replaceAll(chunk -> chunk.skipping(1 << 1));
    assertThat(values(SHAPE, BOX, List.of(SHUFFLE, DEFLATE), chunks)).isEqualTo(counted(15));
  }

  @Test
  void otherFilterIsUnsupported() {
    assertThatThrownBy(
            () -> values(SHAPE, BOX, List.of(CHECKSUM), chunks(SHAPE, BOX, plain -> plain)))
        .isInstanceOf(FormatException.Unsupported.class)
        .hasMessageContaining("data filtered by 3");
  }

  @Test
  void chunkThatNobodyWroteIsUnsupported() {
    List<Hdf5Forger.Chunk> chunks = chunks(SHAPE, BOX, plain -> plain);
    chunks.removeLast();
    assertThatThrownBy(() -> values(SHAPE, BOX, List.of(), chunks))
        .isInstanceOf(FormatException.Unsupported.class)
        .hasMessageContaining("chunks that nobody wrote");
  }

  @Test
  void chunkThatIsThereTwiceIsMalformed() {
    List<Hdf5Forger.Chunk> chunks = chunks(SHAPE, BOX, plain -> plain);
    chunks.add(chunks.getFirst());
    assertThatThrownBy(() -> values(SHAPE, BOX, List.of(), chunks))
        .isInstanceOf(FormatException.Malformed.class)
        .hasMessageContaining("has a chunk twice");
  }

  @Test
  void chunkOutsideOfTheDatasetIsMalformed() {
    List<Hdf5Forger.Chunk> chunks = List.of(Hdf5Forger.Chunk.of(new byte[16], 4, 0));
    assertThatThrownBy(() -> values(SHAPE, BOX, List.of(), chunks))
        .isInstanceOf(FormatException.Malformed.class)
        .hasMessageContaining("has a chunk that begins at 4 of");
  }

  @Test
  void chunkOfAnotherSizeIsMalformed() {
    List<Hdf5Forger.Chunk> chunks = chunks(SHAPE, BOX, plain -> new byte[12]);
    assertThatThrownBy(() -> values(SHAPE, BOX, List.of(), chunks))
        .isInstanceOf(FormatException.Malformed.class)
        .hasMessageContaining("a chunk of 16 bytes has 12");
  }

  @Test
  void chunkThatInflatesBeyondItsSizeIsRefused() {
    List<Hdf5Forger.Chunk> chunks = chunks(SHAPE, BOX, plain -> deflated(new byte[1 << 20]));
    assertThatThrownBy(() -> values(SHAPE, BOX, List.of(DEFLATE), chunks))
        .isInstanceOf(FormatException.LimitExceeded.class);
  }

  @Test
  void moreChunksThanAreWorthListingAreRefused() {
    List<Long> wide = List.of(1L << 40, 1L << 20);
    assertThatThrownBy(() -> values(wide, List.of(1L, 1L), List.of(), List.of()))
        .isInstanceOf(FormatException.LimitExceeded.class)
        .hasMessageContaining("more than 1048576 chunks");
  }

  @Test
  void chunksOfMoreDimensionsThanTheDatasetAreMalformed() {
    assertThatThrownBy(() -> values(List.of(4L), BOX, List.of(), List.of()))
        .isInstanceOf(FormatException.Malformed.class);
  }

  @Test
  void emptyChunksAreMalformed() {
    assertThatThrownBy(() -> values(SHAPE, List.of(0L, 2L), List.of(), List.of()))
        .isInstanceOf(FormatException.Malformed.class)
        .hasMessageContaining("are empty");
  }

  private interface Filter {
    byte[] apply(byte[] plain);
  }

  /// All chunks; what reaches beyond the dataset is -1.
  private static List<Hdf5Forger.Chunk> chunks(List<Long> shape, List<Long> box, Filter filter) {
    List<Hdf5Forger.Chunk> chunks = new ArrayList<>();
    int rank = shape.size();
    long[] first = new long[rank];
    while (true) {
      chunks.add(Hdf5Forger.Chunk.of(filter.apply(box(shape, box, first)), first.clone()));
      int i = rank - 1;
      while (i >= 0 && (first[i] += box.get(i)) >= shape.get(i)) {
        first[i--] = 0;
      }
      if (i < 0) {
        return chunks;
      }
    }
  }

  private static byte[] box(List<Long> shape, List<Long> box, long[] first) {
    int count = 1;
    for (long side : box) {
      count *= (int) side;
    }
    byte[] bytes = new byte[Float.BYTES * count];
    ByteBuffer values = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < count; i++) {
      int left = i;
      long element = 0;
      long stride = 1;
      boolean isInside = true;
      for (int k = shape.size() - 1; k >= 0; k--) {
        long at = first[k] + left % box.get(k);
        left /= Math.toIntExact(box.get(k));
        isInside &= at < shape.get(k);
        element += at * stride;
        stride *= shape.get(k);
      }
      values.putFloat(isInside ? element : -1);
    }
    return bytes;
  }

  private static byte[] shuffled(byte[] plain) {
    int count = plain.length / Float.BYTES;
    byte[] out = new byte[plain.length];
    for (int i = 0; i < plain.length; i++) {
      out[i % Float.BYTES * count + i / Float.BYTES] = plain[i];
    }
    return out;
  }

  private static byte[] deflated(byte[] plain) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (DeflaterOutputStream deflater = new DeflaterOutputStream(out)) {
      deflater.write(plain);
    } catch (IOException e) {
      throw new AssertionError("memory can be written", e);
    }
    return out.toByteArray();
  }

  private static float[] counted(int count) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = i;
    }
    return values;
  }

  private float[] values(
      List<Long> shape, List<Long> box, List<Integer> filters, List<Hdf5Forger.Chunk> chunks)
      throws IOException, FormatException {
    long end = Hdf5Forger.hdf5().link("w", 0).bytes().length;
    byte[] dataset = Hdf5Forger.chunked(end, shape, box, filters, chunks);
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    file.writeBytes(Hdf5Forger.hdf5().link("w", end).missing(dataset.length).bytes());
    file.writeBytes(dataset);
    Path path = Files.write(folder.resolve("a.h5"), file.toByteArray());
    try (Model model = new ModelReader(new Spool(folder, 16)).open(path)) {
      Tensor tensor = Objects.requireNonNull(model.tensor("w"));
      float[] values = new float[(int) tensor.elements()];
      new Decoder(tensor).read(0, values.length, values, 0);
      return values;
    }
  }
}
