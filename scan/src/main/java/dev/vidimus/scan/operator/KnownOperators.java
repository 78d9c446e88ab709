package dev.vidimus.scan.operator;

import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What is known of the operators and backends of the smaller runtimes, by name.
final class KnownOperators {
  private static final String PYTHON = "runs Python code of the process";
  private static final String WRITES = "writes files that the graph names";
  private static final String READS = "reads files that the graph names";
  private static final String NETWORK = "talks over the network";

  /// Of Paddle and Caffe.
  private static final Map<String, String> DANGERS =
      Map.ofEntries(
          Map.entry("py_func", PYTHON),
          Map.entry("py_layer", PYTHON),
          Map.entry("Python", PYTHON),
          Map.entry("save", WRITES),
          Map.entry("save_combine", WRITES),
          Map.entry("load", READS),
          Map.entry("load_combine", READS),
          Map.entry("read_file", READS),
          Map.entry("send", NETWORK),
          Map.entry("recv", NETWORK),
          Map.entry("listen_and_serv", NETWORK),
          Map.entry("heter_listen_and_serv", NETWORK),
          Map.entry("send_and_recv", NETWORK));

  /// Namespaces of ExecuTorch's operators.
  private static final Set<String> NAMESPACES =
      Set.of(
          "aten",
          "prim",
          "executorch_prim",
          "et",
          "et_vk",
          "dim_order_ops",
          "quantized_decomposed",
          "torchao",
          "llama",
          "cadence",
          "cortex_m",
          "torchvision",
          "higher_order",
          "triton");

  private static final Set<String> BACKENDS =
      Set.of(
          "XnnpackBackend",
          "CoreMLBackend",
          "MPSBackend",
          "VulkanBackend",
          "QnnBackend",
          "EthosUBackend",
          "VgfBackend",
          "TOSABackend",
          "NeuropilotBackend",
          "EnnBackend",
          "NeutronBackend",
          "OpenvinoBackend",
          "MetalBackend",
          "SamsungBackend");

  /// Backends whose part of the file is a library that they load.
  private static final Set<String> NATIVE = Set.of("CudaBackend", "AotiBackend", "AOTIBackend");

  private KnownOperators() {}

  /// What an operator does besides calculating, or null.
  static @Nullable String danger(String operator) {
    return DANGERS.get(operator);
  }

  /// True if the operator has a namespace that is not known.
  static boolean isForeign(String operator) {
    int mark = operator.indexOf("::");
    return mark > 0 && !NAMESPACES.contains(operator.substring(0, mark));
  }

  /// Why a backend is of interest, or null.
  static @Nullable String backend(String name) {
    if (NATIVE.contains(name)) {
      return "loads native code that the file carries";
    }
    return BACKENDS.contains(name) ? null : "is not one of ExecuTorch";
  }
}
