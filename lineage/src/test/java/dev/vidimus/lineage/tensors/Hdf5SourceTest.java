package dev.vidimus.lineage.tensors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vidimus.artifact.FormatException;
import dev.vidimus.artifact.Spool;
import dev.vidimus.testkit.Hdf5Forger;
import dev.vidimus.testkit.SafetensorsForger;
import dev.vidimus.testkit.ZipForger;
import dev.vidimus.testkit.ZipMember;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class Hdf5SourceTest {
  private static final byte[] TWO = {0, 0, (byte) 0x80, 0x3f, 0, 0, 0, 0x40};
  private static final String HEADER = "{'w':{'dtype':'F32','shape':[2],'data_offsets':[0,8]}}";

  @TempDir Path folder;

  @Test
  void datasetHasTheDigestOfTheSameTensorInSafetensors() throws Exception {
    Path safetensors = write("a.safetensors", SafetensorsForger.file(HEADER, TWO));
    assertThat(root(write("a.weights.h5", hdf5(TWO, 2)))).isEqualTo(root(safetensors));
  }

  @Test
  void weightsInAnArchiveOfKerasAreRead() throws Exception {
    Path safetensors = write("a.safetensors", SafetensorsForger.file(HEADER, TWO));
    byte[] archive = ZipForger.of(ZipMember.of("model.weights.h5", hdf5(TWO, 2))).bytes();
    assertThat(root(write("a.keras", archive))).isEqualTo(root(safetensors));
  }

  @Test
  void shapeThatNeedsMoreThanThereIsIsMalformed() throws Exception {
    Path file = write("a.h5", hdf5(TWO, 3));
    assertThatThrownBy(() -> root(file))
        .isInstanceOf(FormatException.Malformed.class)
        .hasMessageContaining("needs 12 bytes, but has 8");
  }

  @Test
  void dimensionsThatOverflowAreMalformed() throws Exception {
    Path file = write("a.h5", hdf5(TWO, 1L << 40, 1L << 40));
    assertThatThrownBy(() -> root(file)).isInstanceOf(FormatException.Malformed.class);
  }

  @Test
  void dataOutsideTheFileAreMalformed() throws Exception {
    byte[] whole = hdf5(TWO, 2);
    Path file = write("a.h5", java.util.Arrays.copyOf(whole, whole.length - 1));
    assertThatThrownBy(() -> root(file)).isInstanceOf(FormatException.Malformed.class);
  }

  @Test
  void linkToAnotherFileIsUnsupported() throws Exception {
    byte[] linked = Hdf5Forger.hdf5().externalLink("w", "/etc/passwd", "/w").bytes();
    Path file = write("a.h5", linked);
    assertThatThrownBy(() -> root(file))
        .isInstanceOf(FormatException.Unsupported.class)
        .hasMessageContaining("a link to another file");
  }

  /// A file whose root group has one dataset, behind it.
  private static byte[] hdf5(byte[] data, long... shape) {
    long end = Hdf5Forger.hdf5().link("w", 0).bytes().length;
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    byte[] dataset = Hdf5Forger.dataset(end, data, shape);
    file.writeBytes(Hdf5Forger.hdf5().link("w", end).missing(dataset.length).bytes());
    file.writeBytes(dataset);
    return file.toByteArray();
  }

  private Path write(String name, byte[] bytes) throws IOException {
    return Files.write(folder.resolve(name), bytes);
  }

  private Object root(Path path) throws IOException, FormatException {
    try (Model model = new ModelReader(new Spool(folder, 1 << 16)).open(path)) {
      return TensorDigests.of(model, false).root();
    }
  }
}
