package dev.vidimus.lineage.tensors;

import dev.vidimus.artifact.FormatException;
import dev.vidimus.artifact.Printable;
import dev.vidimus.formats.onnx.OnnxListener;
import dev.vidimus.formats.onnx.OnnxNode;
import dev.vidimus.formats.onnx.OnnxReader;
import dev.vidimus.formats.onnx.OnnxTensor;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Initializers of an ONNX model: those with a name, in the file or in one beside it. Tensors
/// inside attributes have no name and are counted only.
final class OnnxSource {
  private final MappedFile file;
  private final String name;
  private final Beside beside;
  private final Map<String, MappedFile> others = new HashMap<>();

  private OnnxSource(MappedFile file, String name, Beside beside) {
    this.file = file;
    this.name = name;
    this.beside = beside;
  }

  /// Opens a file of the model's folder.
  @FunctionalInterface
  interface Beside {
    /// @param path relative to the model, checked to lie in its folder
    MappedFile open(String path) throws IOException, FormatException;
  }

  static void read(
      MappedFile file, String name, TensorTable table, List<String> notes, Beside beside)
      throws IOException, FormatException {
    Collected collected = new Collected();
    OnnxReader.read(file, name, collected);
    if (!collected.problems.isEmpty()) {
      throw collected.problems.getFirst();
    }
    OnnxSource source = new OnnxSource(file, name, beside);
    int unnamed = 0;
    for (OnnxTensor tensor : collected.tensors) {
      if (tensor.name().isEmpty()) {
        unnamed++;
      } else {
        table.add(source.tensor(tensor));
      }
    }
    if (unnamed > 0) {
      notes.add(name + ": " + unnamed + " tensors inside attributes have no name");
    }
  }

  private Tensor tensor(OnnxTensor tensor) throws IOException, FormatException {
    String where = name + ": tensor \"" + Printable.of(tensor.name(), 120) + "\"";
    TensorType type = type((int) tensor.payload().type());
    if (type == null) {
      throw new FormatException.Unsupported(
          where, tensor.offset(), "elements of type " + tensor.payload().type());
    }
    TensorData data;
    if (!tensor.external().isEmpty()) {
      data = external(tensor, where, TensorTable.bytes(type, tensor.dims(), where));
    } else if (tensor.payload().offset() >= 0) {
      data =
          new TensorData.Whole(
              file.segment().asSlice(tensor.payload().offset(), tensor.payload().size()));
    } else if (TensorTable.bytes(type, tensor.dims(), where) == 0) {
      data = new TensorData.Whole(file.segment().asSlice(0, 0));
    } else {
      throw new FormatException.Unsupported(
          where, tensor.offset(), "elements that are written as variable numbers");
    }
    return new Tensor(tensor.name(), type, tensor.dims(), data, name);
  }

  private TensorData external(OnnxTensor tensor, String where, long size)
      throws IOException, FormatException {
    String location = "";
    long offset = 0;
    for (OnnxTensor.Entry entry : tensor.external()) {
      if (entry.key().equals("location")) {
        location = entry.value();
      } else if (entry.key().equals("offset")) {
        offset = Long.parseLong(entry.value()); // the reader has checked that it is a number
      }
    }
    if (location.isEmpty()
        || location.contains("/")
        || location.contains("\\")
        || location.indexOf(0) >= 0
        || location.equals("..")) {
      throw new FormatException.Malformed(
          where, tensor.offset(), "its data lie elsewhere: " + Printable.of(location, 120));
    }
    MappedFile other = others.get(location);
    if (other == null) {
      other = beside.open(location);
      others.put(location, other);
    }
    if (offset > other.size() || size > other.size() - offset) {
      throw new FormatException.Malformed(
          where, tensor.offset(), "needs " + size + " bytes at " + offset + " of " + other.size());
    }
    return new TensorData.Whole(other.segment().asSlice(offset, size));
  }

  private static @Nullable TensorType type(int code) {
    return switch (code) {
      case 1 -> TensorType.F32;
      case 2 -> TensorType.U8;
      case 3 -> TensorType.I8;
      case 4 -> TensorType.U16;
      case 5 -> TensorType.I16;
      case 6 -> TensorType.I32;
      case 7 -> TensorType.I64;
      case 9 -> TensorType.BOOL;
      case 10 -> TensorType.F16;
      case 11 -> TensorType.F64;
      case 12 -> TensorType.U32;
      case 13 -> TensorType.U64;
      case 14 -> TensorType.C64;
      case 15 -> TensorType.C128;
      case 16 -> TensorType.BF16;
      case 17 -> TensorType.F8_E4M3;
      case 18 -> TensorType.F8_E4M3FNUZ;
      case 19 -> TensorType.F8_E5M2;
      case 20 -> TensorType.F8_E5M2FNUZ;
      default -> null;
    };
  }

  private static final class Collected implements OnnxListener {
    private final List<OnnxTensor> tensors = new ArrayList<>();
    private final List<FormatException.Malformed> problems = new ArrayList<>();

    @Override
    public void node(OnnxNode node) {}

    @Override
    public void tensor(OnnxTensor tensor) {
      tensors.add(tensor);
    }

    @Override
    public void function(String domain, String name) {}

    @Override
    public void metadata(String key, String value, long offset) {}

    @Override
    public void broken(FormatException.Malformed problem) {
      problems.add(problem);
    }
  }
}
