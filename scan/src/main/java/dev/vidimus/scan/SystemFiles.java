package dev.vidimus.scan;

import dev.vidimus.formats.detect.Detection;
import dev.vidimus.formats.detect.Format;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/// Which files of an operating system are models.
final class SystemFiles {
  /// Formats that nothing but models has, by what they begin with.
  private static final Set<Format> MODELS =
      EnumSet.of(
          Format.SAFETENSORS,
          Format.GGUF,
          Format.HDF5,
          Format.TFLITE,
          Format.EXECUTORCH,
          Format.TENSORRT,
          Format.LIGHTGBM,
          Format.CATBOOST);

  /// Extensions by which loaders of models are told what to open.
  private static final Set<String> EXTENSIONS =
      Set.of(
          "pt",
          "pth",
          "ptl",
          "ckpt",
          "pkl",
          "pickle",
          "joblib",
          "dill",
          "npy",
          "npz",
          "onnx",
          "keras",
          "h5",
          "hdf5",
          "nemo",
          "mar",
          "skops",
          "pdparams",
          "pdmodel",
          "tflite",
          "rds",
          "t7",
          "msgpack",
          "ubj",
          "mlmodel",
          "engine",
          "safetensors",
          "gguf",
          "ggml");

  private SystemFiles() {}

  static boolean isModel(Detection detection, String name) {
    for (Format format : detection.formats()) {
      if (MODELS.contains(format)) {
        return true;
      }
    }
    String lower = name.toLowerCase(Locale.ROOT);
    return lower.equals("saved_model.pb")
        || EXTENSIONS.contains(lower.substring(lower.lastIndexOf('.') + 1));
  }
}
