package dev.vidimus.scan.repository;

import java.util.Set;

/// Judges dotted names that a configuration gives a loader to import and call.
final class Targets {
  /// Packages of models and training, whose public names build objects.
  private static final Set<String> KNOWN =
      Set.of(
          "torch",
          "torchvision",
          "torchaudio",
          "torchmetrics",
          "transformers",
          "diffusers",
          "tokenizers",
          "accelerate",
          "peft",
          "datasets",
          "evaluate",
          "timm",
          "lightning",
          "pytorch_lightning",
          "lightning_fabric",
          "nemo",
          "nemo_text_processing",
          "megatron",
          "hydra_plugins",
          "omegaconf",
          "sentence_transformers",
          "keras",
          "tensorflow",
          "tf_keras",
          "sklearn",
          "numpy",
          "scipy",
          "pandas",
          "xgboost",
          "lightgbm",
          "catboost",
          "spacy",
          "flair",
          "fairseq",
          "speechbrain",
          "audiocraft",
          "sam2",
          "ldm",
          "sgm",
          "detectron2",
          "mmdet",
          "mmengine",
          "mmcv",
          "ultralytics",
          "open_clip",
          "kornia",
          "einops",
          "monai",
          "jax",
          "flax",
          "optax",
          "torchrl",
          "torchtune",
          "litgpt",
          "lerobot",
          "gluonts",
          "gluon",
          "collections",
          "datetime",
          "pathlib",
          "math",
          "colbert",
          "pylate",
          "gliner",
          "setfit");

  /// Names below those packages that run or fetch what they are given.
  private static final Set<String> HARMFUL_LEAVES =
      Set.of(
          "eval",
          "exec",
          "execfile",
          "compile",
          "system",
          "popen",
          "Popen",
          "call",
          "check_call",
          "check_output",
          "run_path",
          "run_module",
          "import_module",
          "__import__",
          "rmtree",
          "unlink",
          "urlopen",
          "urlretrieve",
          "load_library",
          "load_inline",
          "get_cpp_backend");

  private static final Set<String> LOADING =
      Set.of(
          "torch.load",
          "torch.hub.load",
          "torch.jit.load",
          "torch.utils.cpp_extension.load",
          "numpy.load",
          "pandas.read_pickle",
          "numpy.f2py.compile",
          "pandas.eval",
          "pathlib.Path.write_text",
          "pathlib.Path.unlink");

  private static final Set<String> HARMFUL =
      Set.of(
          "os",
          "posix",
          "nt",
          "subprocess",
          "sys",
          "builtins",
          "__builtin__",
          "importlib",
          "runpy",
          "pty",
          "shutil",
          "socket",
          "ctypes",
          "pickle",
          "cloudpickle",
          "dill",
          "joblib",
          "marshal",
          "commands",
          "code",
          "codeop",
          "pdb",
          "bdb",
          "timeit",
          "cProfile",
          "profile",
          "trace",
          "webbrowser",
          "urllib",
          "requests",
          "http",
          "ftplib",
          "smtplib",
          "telnetlib",
          "asyncio",
          "multiprocessing",
          "threading",
          "signal",
          "platform",
          "tempfile",
          "types",
          "functools",
          "operator",
          "pip",
          "setuptools",
          "distutils",
          "pkgutil",
          "zipimport",
          "antigravity");

  private static final Set<String> HARMLESS =
      Set.of(
          "builtins.dict",
          "builtins.list",
          "builtins.tuple",
          "builtins.set",
          "builtins.int",
          "builtins.float",
          "builtins.str",
          "builtins.bool",
          "builtins.len",
          "functools.partial",
          "operator.itemgetter",
          "os.path.join",
          "asyncio.Queue");

  private Targets() {}

  /// What building a target would do.
  enum Kind {
    INERT,
    UNKNOWN,
    HARMFUL
  }

  static Kind judge(String target) {
    String name = target.strip();
    int dot = name.indexOf('.');
    String root = dot < 0 ? name : name.substring(0, dot);
    String leaf = name.substring(name.lastIndexOf('.') + 1);
    if (HARMLESS.contains(name)) {
      return Kind.INERT;
    }
    if (HARMFUL.contains(root)
        || HARMFUL_LEAVES.contains(leaf)
        || LOADING.contains(name)
        || name.contains("__")
        || throughAnother(name)) {
      return Kind.HARMFUL;
    }
    return KNOWN.contains(root) ? Kind.INERT : Kind.UNKNOWN;
  }

  /// A harmful module reached through another: `torch.utils.os.system`.
  private static boolean throughAnother(String name) {
    String[] parts = name.split("\\.", -1);
    for (int i = 1; i < parts.length - 1; i++) {
      if (Set.of("os", "sys", "subprocess", "builtins", "shutil", "importlib", "socket")
          .contains(parts[i])) {
        return true;
      }
    }
    return false;
  }
}
