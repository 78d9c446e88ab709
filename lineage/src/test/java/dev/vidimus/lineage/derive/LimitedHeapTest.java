package dev.vidimus.lineage.derive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vidimus.artifact.Spool;
import dev.vidimus.lineage.tensors.Model;
import dev.vidimus.lineage.tensors.ModelReader;
import dev.vidimus.testkit.SafetensorsForger;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Tests run in a heap of a gigabyte: a model larger than that is compared in it.
class LimitedHeapTest {
  private static final long SIZE = 3L << 29;

  @TempDir Path folder;

  @Test
  void modelLargerThanTheHeapIsCast() throws Exception {
    assertThat(Runtime.getRuntime().maxMemory()).isLessThan(SIZE);
    Path wide = sparse("wide", "F32", SIZE);
    Path narrow = sparse("narrow", "BF16", SIZE / 2);
    ModelReader reader = new ModelReader(new Spool(folder.resolve("spool"), 1 << 20));
    try (Model child = reader.open(narrow);
        Model parent = reader.open(wide)) {
      Claim claim = new Claim(child, List.of(parent), null, Parameters.NONE);
      assertThat(Relation.CAST.check(claim, new Meter()).verdict()).isEqualTo(Verdict.VERIFIED);
    }
  }

  /// One matrix that is a hole in the file, which reads as zeros.
  private Path sparse(String name, String type, long size) throws Exception {
    String header =
        "{'w':{'dtype':'%s','shape':[%d,4096],'data_offsets':[0,%d]}}"
            .formatted(type, SIZE / 4 / 4096, size);
    byte[] head = SafetensorsForger.file(header, 0);
    Path path = Files.write(folder.resolve(name + ".safetensors"), head);
    try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
      file.setLength(head.length + size);
    }
    return path;
  }
}
