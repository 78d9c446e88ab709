package dev.vidimus.scan.whole;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/// What a node of the graph is for.
public enum Role {
  WEIGHTS,
  SHARD,
  ADAPTER,
  INDEX,
  CONFIGURATION,
  CODE,
  EXECUTABLE,
  TEMPLATE,
  TOKENIZER,
  PROCESSOR,
  REQUIREMENTS,
  DOCUMENT,
  OTHER,
  /// A model or data set elsewhere.
  REPOSITORY,
  /// A package that has to be installed.
  DEPENDENCY,
  /// A URL.
  ADDRESS,
  /// A file that something refers to and that is not here.
  MISSING;

  /// `model-00001-of-00003.safetensors`, `pytorch_model_00001-of-00002.fp16.bin`.
  static final Pattern SHARD_NAME = Pattern.compile("^(.*?)[-_.](\\d{1,6})-of-(\\d{1,6})(\\..*)$");

  private static final Set<String> TOKENIZER_FILES =
      Set.of(
          "tokenizer.json",
          "tokenizer_config.json",
          "special_tokens_map.json",
          "added_tokens.json",
          "vocab.json",
          "vocab.txt",
          "merges.txt",
          "tokenizer.model",
          "spiece.model",
          "spm.model",
          "sentencepiece.model",
          "sentencepiece.bpe.model",
          "source.spm",
          "target.spm",
          "bpe.codes",
          "tekken.json",
          "vocab.bpe",
          "encoder.json");

  private static final Set<String> VOCABULARIES = Set.of("sentencepiece", "tiktoken");

  private static final Set<String> PROCESSOR_FILES =
      Set.of(
          "preprocessor_config.json",
          "processor_config.json",
          "feature_extractor_config.json",
          "image_processor_config.json",
          "video_preprocessor_config.json");

  private static final Set<String> PROGRAMS =
      Set.of("elf", "pe", "mach-o", "java-class", "wasm", "python-bytecode");

  private static final Set<String> SOURCES = Set.of("python", "notebook", "script", "source-code");

  private static final Set<String> DOCUMENTS = Set.of("text", "media", "html", "pdf");

  private static final Set<String> SETTINGS =
      Set.of("json", "yaml", "toml", "xml", "configuration", "protobuf-text");

  private static final Set<String> TENSORS =
      Set.of(
          "safetensors",
          "gguf",
          "ggml",
          "onnx",
          "hdf5",
          "tensorflow",
          "tflite",
          "pickle",
          "npy",
          "executorch",
          "coreml",
          "protobuf",
          "flatbuffers",
          "tensorrt",
          "torch7",
          "msgpack",
          "ubjson",
          "catboost",
          "xgboost",
          "rds",
          "mxnet",
          "openvino");

  /// Extensions under which weights come in containers that hold other things too.
  private static final Set<String> WEIGHT_NAMES =
      Set.of("pt", "pth", "bin", "ckpt", "pkl", "joblib", "keras", "npz", "nemo", "mar", "skops");

  /// The word that the graph prints.
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// What a file is for, by its name and its content.
  static Role of(Part part) {
    String name = part.name().toLowerCase(Locale.ROOT);
    String extension = name.substring(name.lastIndexOf('.') + 1);
    String format = part.format();
    if (PROGRAMS.contains(format)) {
      return EXECUTABLE;
    }
    if (TOKENIZER_FILES.contains(name) || VOCABULARIES.contains(format)) {
      return TOKENIZER;
    }
    if (PROCESSOR_FILES.contains(name)) {
      return PROCESSOR;
    }
    if (format.equals("jinja")) {
      return TEMPLATE;
    }
    if (format.equals("requirements")) {
      return REQUIREMENTS;
    }
    if (name.contains(".index.") && name.endsWith(".json")) {
      return INDEX;
    }
    if (SOURCES.contains(format)) {
      return CODE;
    }
    boolean isWeights = TENSORS.contains(format) || WEIGHT_NAMES.contains(extension);
    if (isWeights && name.startsWith("adapter_model")) {
      return ADAPTER;
    }
    if (isWeights && SHARD_NAME.matcher(name).matches()) {
      return SHARD;
    }
    if (isWeights) {
      return WEIGHTS;
    }
    return SETTINGS.contains(format)
        ? CONFIGURATION
        : DOCUMENTS.contains(format) ? DOCUMENT : OTHER;
  }
}
