package dev.vidimus.lineage.tensors;

import dev.vidimus.artifact.FormatException;
import dev.vidimus.formats.safetensors.SafetensorsFile;
import dev.vidimus.formats.safetensors.SafetensorsReader;
import dev.vidimus.formats.safetensors.SafetensorsTensor;
import java.io.IOException;

/// Tensors of a safetensors file. `__metadata__` is checked and believed in nothing.
final class SafetensorsSource {
  private SafetensorsSource() {}

  static void read(MappedFile file, String name, TensorTable table)
      throws IOException, FormatException {
    SafetensorsFile header = SafetensorsReader.read(file, name, (key, text, offset) -> {});
    for (SafetensorsTensor tensor : header.tensors()) {
      table.add(
          new Tensor(
              tensor.name(),
              TensorType.of(tensor.type()),
              tensor.shape(),
              new TensorData.Whole(
                  file.segment().asSlice(header.bufferOffset() + tensor.begin(), tensor.size())),
              name));
    }
  }
}
