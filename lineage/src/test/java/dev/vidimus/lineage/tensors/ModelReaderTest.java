package dev.vidimus.lineage.tensors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vidimus.artifact.FormatException;
import dev.vidimus.artifact.Spool;
import dev.vidimus.testkit.NpyForger;
import dev.vidimus.testkit.PickleForger;
import dev.vidimus.testkit.SafetensorsForger;
import dev.vidimus.testkit.ZipForger;
import dev.vidimus.testkit.ZipMember;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelReaderTest {
  private static final byte[] SIX = {1, 0, 2, 0, 3, 0, 4, 0, 5, 0, 6, 0};
  private static final String HEADER = "{'w':{'dtype':'F16','shape':[2,3],'data_offsets':[0,12]}}";

  @TempDir Path folder;

  @Test
  void tensorHasTheSameDigestInEveryContainer() throws Exception {
    Path safetensors = write("a.safetensors", SafetensorsForger.file(HEADER, SIX));
    Path torch = write("a.pt", torch(SIX, 0, new int[] {2, 3}, new int[] {3, 1}));
    assertThat(digests(torch).root()).isEqualTo(digests(safetensors).root());
  }

  @Test
  void transposedViewHasTheDigestOfItsRowMajorBytes() throws Exception {
    byte[] columns = {1, 0, 4, 0, 2, 0, 5, 0, 3, 0, 6, 0};
    Path safetensors = write("a.safetensors", SafetensorsForger.file(HEADER, SIX));
    Path torch = write("a.pt", torch(columns, 0, new int[] {2, 3}, new int[] {1, 2}));
    assertThat(digests(torch).root()).isEqualTo(digests(safetensors).root());
  }

  @Test
  void exchangedNamesKeepTheMultisetAndChangeTheRoot() throws Exception {
    String header =
        "{'%s':{'dtype':'U8','shape':[1],'data_offsets':[0,1]},"
            + "'%s':{'dtype':'U8','shape':[1],'data_offsets':[1,2]}}";
    TensorDigests one =
        digests(write("1.safetensors", SafetensorsForger.file(header.formatted("a", "b"), SIX2)));
    TensorDigests other =
        digests(write("2.safetensors", SafetensorsForger.file(header.formatted("b", "a"), SIX2)));
    assertThat(other.multiset()).isEqualTo(one.multiset());
    assertThat(other.root()).isNotEqualTo(one.root());
  }

  private static final byte[] SIX2 = {7, 9};

  @Test
  void widenedCopyHasTheSameValues() throws Exception {
    byte[] half = {0, 0x3c}; // 1.0
    byte[] single = {0, 0, (byte) 0x80, 0x3f};
    Path narrow =
        write(
            "n.safetensors",
            SafetensorsForger.file("{'w':{'dtype':'F16','shape':[1],'data_offsets':[0,2]}}", half));
    Path wide =
        write(
            "w.safetensors",
            SafetensorsForger.file(
                "{'w':{'dtype':'F32','shape':[1],'data_offsets':[0,4]}}", single));
    assertThat(digests(wide).tensors().getFirst().values())
        .isNotNull()
        .isEqualTo(digests(narrow).tensors().getFirst().values());
  }

  @Test
  void arrayInColumnOrderHasTheDigestOfItsRowMajorBytes() throws Exception {
    byte[] columns = {1, 0, 4, 0, 2, 0, 5, 0, 3, 0, 6, 0};
    String header = "{'descr': '<f2', 'fortran_order': True, 'shape': (2, 3), }";
    Path safetensors = write("a.safetensors", SafetensorsForger.file(HEADER, SIX));
    Path array = write("w.npy", NpyForger.file(1, header, columns));
    assertThat(digests(array).root()).isEqualTo(digests(safetensors).root());
  }

  @Test
  void viewThatReachesOutsideItsStorageIsMalformed() {
    assertThatThrownBy(() -> open("a.pt", torch(SIX, 1, new int[] {2, 3}, new int[] {3, 1})))
        .isInstanceOf(FormatException.Malformed.class)
        .hasMessageContaining("reaches outside its storage of 6 elements");
  }

  @Test
  void negativeStrideIsMalformed() {
    assertThatThrownBy(() -> open("a.pt", torch(SIX, 5, new int[] {2, 3}, new int[] {-3, 1})))
        .isInstanceOf(FormatException.Malformed.class)
        .hasMessageContaining("reaches outside");
  }

  @Test
  void expandedViewOfManyTerabytesIsOverALimit() {
    int[] huge = {Integer.MAX_VALUE, 4096};
    assertThatThrownBy(() -> open("a.pt", torch(SIX, 0, huge, new int[] {0, 0})))
        .isInstanceOf(FormatException.LimitExceeded.class)
        .hasMessageContaining("much larger than their storages");
  }

  @Test
  void archiveWithTwoPicklesProvesNothing() {
    byte[] pickle = pickle(0, new int[] {2, 3}, new int[] {3, 1}, 6);
    byte[] file =
        ZipForger.of(
                ZipMember.of("a/data.pkl", pickle),
                ZipMember.of("b/data.pkl", pickle),
                ZipMember.of("a/data/0", SIX))
            .bytes();
    assertThatThrownBy(() -> open("a.pt", file))
        .isInstanceOf(FormatException.Malformed.class)
        .hasMessageContaining("has two data.pkl");
  }

  @Test
  void storageShorterThanDeclaredIsMalformed() {
    assertThatThrownBy(
            () ->
                open(
                    "a.pt",
                    ZipForger.of(
                            ZipMember.of(
                                "a/data.pkl", pickle(0, new int[] {2}, new int[] {1}, 600)),
                            ZipMember.of("a/data/0", SIX))
                        .bytes()))
        .isInstanceOf(FormatException.Malformed.class)
        .hasMessageContaining("declares 600 elements, but the file has 6");
  }

  @Test
  void tensorInAnotherShardThanTheIndexSaysIsMalformed() throws Exception {
    write("model-00001-of-00002.safetensors", SafetensorsForger.file(HEADER, SIX));
    write("model-00002-of-00002.safetensors", SafetensorsForger.file("{}", 0));
    write(
        "model.safetensors.index.json",
        "{\"weight_map\":{\"w\":\"model-00002-of-00002.safetensors\"}}".getBytes("UTF-8"));
    assertThatThrownBy(() -> reader().open(folder))
        .isInstanceOf(FormatException.Malformed.class)
        .hasMessageContaining("model-00001-of-00002.safetensors");
  }

  @Test
  void shardOutsideTheIndexIsMalformed() throws Exception {
    write("model-00001-of-00001.safetensors", SafetensorsForger.file(HEADER, SIX));
    write("model-00002-of-00001.safetensors", SafetensorsForger.file("{}", 0));
    write(
        "model.safetensors.index.json",
        "{\"weight_map\":{\"w\":\"model-00001-of-00001.safetensors\"}}".getBytes("UTF-8"));
    assertThatThrownBy(() -> reader().open(folder))
        .isInstanceOf(FormatException.Malformed.class)
        .hasMessageContaining("does not name model-00002-of-00001.safetensors");
  }

  @Test
  void weightsInAnotherContainerAreLeftAsideAndNamed() throws Exception {
    write("model.safetensors", SafetensorsForger.file(HEADER, SIX));
    write("pytorch_model.bin", torch(SIX, 0, new int[] {2, 3}, new int[] {3, 1}));
    try (Model model = reader().open(folder)) {
      assertThat(model.notes()).isEqualTo(List.of("not read: pytorch_model.bin"));
    }
  }

  private TensorDigests digests(Path path) throws IOException, FormatException {
    try (Model model = reader().open(path)) {
      return TensorDigests.of(model, true);
    }
  }

  private void open(String name, byte[] file) throws IOException, FormatException {
    reader().open(write(name, file)).close();
  }

  private ModelReader reader() {
    return new ModelReader(new Spool(folder.resolve("spool"), 1 << 20));
  }

  private Path write(String name, byte[] content) throws IOException {
    return Files.write(folder.resolve(name), content);
  }

  private static byte[] torch(byte[] storage, int first, int[] shape, int[] strides) {
    return ZipForger.of(
            ZipMember.of("a/data.pkl", pickle(first, shape, strides, storage.length / 2)),
            ZipMember.of("a/data/0", storage))
        .bytes();
  }

  /// `OrderedDict(w=tensor)` with one tensor of F16.
  private static byte[] pickle(int first, int[] shape, int[] strides, int elements) {
    PickleForger p = PickleForger.proto(2).global("collections", "OrderedDict").call().op('(');
    p.text("w").global("torch._utils", "_rebuild_tensor_v2").op('(').op('(').text("storage");
    p.global("torch", "HalfStorage").text("0").text("cpu").number(elements).op('t').op('Q');
    p.number(first);
    tuple(p, shape);
    tuple(p, strides);
    p.op(0x89).global("collections", "OrderedDict").call().op('t').op('R').op('u');
    return p.stop();
  }

  private static void tuple(PickleForger pickle, int[] numbers) {
    pickle.op('(');
    for (int number : numbers) {
      pickle.number(number);
    }
    pickle.op('t');
  }
}
