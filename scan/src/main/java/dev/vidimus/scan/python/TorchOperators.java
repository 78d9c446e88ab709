package dev.vidimus.scan.python;

import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Operators that TorchScript can call, by what they do besides calculating
/// (`torch/csrc/jit/runtime/register_prim_ops.cpp`, `native_functions.yaml`, and those that the
/// libraries around PyTorch register).
final class TorchOperators {
  private static final String WRITES = "writes a file";
  private static final String READS = "reads a file";
  private static final String NETWORK = "runs functions on other machines";

  /// By their last names, because a method call and an alias of the namespace reach them too.
  private static final Map<String, String> DANGERS =
      Map.ofEntries(
          Map.entry("save", WRITES),
          Map.entry("from_file", "reads a file, or makes and writes one"),
          Map.entry("write_file", WRITES),
          Map.entry("read_file", READS),
          Map.entry("read_video_from_file", READS),
          Map.entry("probe_video_from_file", READS),
          Map.entry("sox_io_get_info", READS),
          Map.entry("sox_io_load_audio_file", READS),
          Map.entry("sox_io_save_audio_file", WRITES),
          Map.entry("sox_effects_apply_effects_file", READS),
          Map.entry("get_info_file", READS),
          Map.entry("load_audio_file", READS),
          Map.entry("save_audio_file", WRITES),
          Map.entry("apply_effects_file", READS),
          Map.entry("ffmpeg_load_audio_file", READS),
          Map.entry("rpc_async", NETWORK),
          Map.entry("rpc_sync", NETWORK),
          Map.entry("rpc_remote", NETWORK));

  /// Namespaces of PyTorch itself, of the libraries that are released with it, and of those that
  /// publish models for it.
  private static final Set<String> NAMESPACES =
      Set.of(
          "aten",
          "prim",
          "prims",
          "quantized",
          "_quantized",
          "quantized_decomposed",
          "mkldnn",
          "mkldnn_prepacked",
          "onednn",
          "prepacked",
          "xnnpack",
          "metal",
          "metal_prepacked",
          "vulkan",
          "vulkan_prepacked",
          "vulkan_quantized",
          "static_runtime",
          "sparse",
          "rnn",
          "cuda",
          "cudnn",
          "mps",
          "fb",
          "fbgemm",
          "inductor",
          "rngprims",
          "c10d",
          "c10d_functional",
          "_c10d_functional",
          "profiler",
          "dist_rpc",
          "torchao",
          "torchvision",
          "image",
          "video_reader",
          "torchaudio",
          "torchtext",
          "torch_scatter",
          "torch_sparse",
          "torch_cluster",
          "torch_spline_conv",
          "pyg",
          "tensorrt",
          "torch_ipex",
          "ipex_prepack",
          "neuron");

  private TorchOperators() {}

  /// What an operator does besides calculating, or null.
  ///
  /// @param name without its namespace
  static @Nullable String danger(String name) {
    return DANGERS.get(name);
  }

  /// True if operators of a namespace come with PyTorch or a library that is known.
  static boolean isKnown(String namespace) {
    return NAMESPACES.contains(namespace);
  }
}
