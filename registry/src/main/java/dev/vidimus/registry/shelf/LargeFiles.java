package dev.vidimus.registry.shelf;

import dev.vidimus.artifact.digest.Identity;
import java.util.Locale;
import java.util.Set;

/// Which files a hub keeps beside git: those over a bound, and by their names those that are
/// weights or other binary content. The rule is fixed, so that a file has one ETag for ever.
public final class LargeFiles {
  /// Files up to this size in bytes are regular unless their name says otherwise.
  public static final long BOUND = Identity.GIT_LIMIT;

  private static final Set<String> ENDINGS =
      Set.of(
          "7z",
          "arrow",
          "bin",
          "bz2",
          "ckpt",
          "ftz",
          "gguf",
          "ggml",
          "gz",
          "h5",
          "joblib",
          "keras",
          "mlmodel",
          "model",
          "msgpack",
          "nemo",
          "npy",
          "npz",
          "onnx",
          "ot",
          "parquet",
          "pb",
          "pickle",
          "pkl",
          "pt",
          "pth",
          "rar",
          "safetensors",
          "tar",
          "tflite",
          "tgz",
          "wasm",
          "xz",
          "zip",
          "zst");

  private LargeFiles() {}

  /// Whether a file is large.
  ///
  /// @param path of the file
  /// @param size in bytes
  public static boolean has(String path, long size) {
    String name = path.substring(path.lastIndexOf('/') + 1);
    return size > BOUND
        || ENDINGS.contains(name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT));
  }
}
