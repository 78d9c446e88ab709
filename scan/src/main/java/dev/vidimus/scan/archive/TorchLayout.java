package dev.vidimus.scan.archive;

import dev.vidimus.formats.zip.ZipEntry;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// Which member of a PyTorch archive is what (`torch/serialization.py`,
/// `caffe2/serialize/inline_container.cc`).
///
/// All records lie in one folder, `archive/` or the file's base name. PyTorch finds them whatever
/// their case, because miniz compares so; and so does this.
final class TorchLayout {
  /// What a record is read as.
  enum Role {
    /// Unpickled by `torch.load` or `torch.jit.load`.
    PICKLE,
    /// Raw numbers, read as nothing else.
    STORAGE,
    /// A few characters: format version, byte order, serialization id.
    MARK,
    /// What the mobile interpreter runs in place of the source; unpickled too.
    BYTECODE,
    /// TorchScript source, compiled and run by `torch.jit.load`.
    CODE,
    /// No record of PyTorch.
    OTHER
  }

  private final Set<String> roots;

  private TorchLayout(Set<String> roots) {
    this.roots = roots;
  }

  static TorchLayout of(List<ZipEntry> entries, List<ZipEntry> hidden) {
    Set<String> roots = new HashSet<>(2);
    for (ZipEntry entry : entries) {
      addRoot(roots, entry.name());
    }
    for (ZipEntry entry : hidden) {
      addRoot(roots, entry.name());
    }
    return new TorchLayout(roots);
  }

  private static void addRoot(Set<String> roots, String name) {
    int slash = name.indexOf('/');
    if (slash > 0 && isMainPickle(name.substring(slash + 1).toLowerCase(Locale.ROOT))) {
      roots.add(name.substring(0, slash).toLowerCase(Locale.ROOT));
    }
  }

  private static boolean isMainPickle(String record) {
    return record.equals("data.pkl") || record.equals("constants.pkl");
  }

  /// True if the archive is PyTorch's.
  boolean isTorch() {
    return !roots.isEmpty();
  }

  Role role(String name) {
    int slash = name.indexOf('/');
    if (slash <= 0 || !roots.contains(name.substring(0, slash).toLowerCase(Locale.ROOT))) {
      return Role.OTHER;
    }
    String record = name.substring(slash + 1).toLowerCase(Locale.ROOT);
    if (isMainPickle(record)) {
      return Role.PICKLE;
    }
    return switch (record) {
      case "bytecode.pkl" -> Role.BYTECODE;
      case "version",
          "byteorder",
          ".format_version",
          ".storage_alignment",
          ".data/version",
          ".data/serialization_id" ->
          Role.MARK;
      default -> {
        if (record.startsWith("data/")
            || record.startsWith("constants/")
            || record.startsWith("tensors/")) {
          yield Role.STORAGE;
        }
        yield record.startsWith("code/") && record.endsWith(".py") ? Role.CODE : Role.OTHER;
      }
    };
  }
}
