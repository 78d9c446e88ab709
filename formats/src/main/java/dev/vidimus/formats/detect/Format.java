package dev.vidimus.formats.detect;

import java.util.List;

/// A format that bytes can be read as. The word is what reports print; the extensions are what
/// files of the format are usually called, and only ever a second opinion.
///
/// The order matters where an extension is all there is to go by: the first format that claims an
/// extension is the one by which bytes of no known kind are judged.
public enum Format {
  PICKLE(
      "pickle",
      "pkl",
      "pickle",
      "p",
      "pck",
      "dill",
      "pt",
      "pth",
      "bin",
      "ckpt",
      "joblib",
      "pdparams",
      "pdopt"),
  ZIP(
      "zip",
      "zip",
      "npz",
      "pt",
      "pth",
      "bin",
      "ckpt",
      "pkl",
      "keras",
      "mar",
      "skops",
      "nemo",
      "ptl",
      "jar",
      "whl",
      "llamafile",
      "docx",
      "xlsx"),
  TAR("tar", "tar", "pt", "pth", "nemo", "bin", "mar"),
  GZIP("gzip", "gz", "tgz", "joblib", "pkl", "pickle", "nemo", "rds", "rdata"),
  BZIP2("bzip2", "bz2", "tbz2", "joblib", "pkl", "rds"),
  XZ("xz", "xz", "txz", "joblib", "pkl", "rds"),
  LZMA("lzma", "lzma", "joblib", "pkl"),
  ZSTD("zstd", "zst", "tzst"),
  LZ4("lz4", "lz4", "joblib", "pkl"),
  ZLIB("zlib", "z", "zz", "joblib", "pkl"),
  /// The container of joblib before 0.10: `ZF`, a length in hex, a zlib stream.
  ZFILE("joblib-zfile", "joblib", "pkl", "z"),
  SEVEN_ZIP("7z", "7z"),
  NPY("npy", "npy"),
  SAFETENSORS("safetensors", "safetensors"),
  GGUF("gguf", "gguf"),
  GGML("ggml", "ggml", "bin"),
  ONNX("onnx", "onnx", "ort"),
  HDF5("hdf5", "h5", "hdf5", "hdf", "keras"),
  /// SavedModel, MetaGraph and graph, as messages.
  TENSORFLOW("tensorflow", "meta"),
  /// The table of a checkpoint: names, shapes and places of its tensors.
  TENSORFLOW_INDEX("tensorflow-index"),
  /// The numbers of a checkpoint.
  TENSORFLOW_DATA("tensorflow-data"),
  TFLITE("tflite", "tflite", "lite"),

  ELF("elf", "so", "o", "elf"),
  PE("pe", "exe", "dll", "pyd", "sys", "llamafile"),
  MACH_O("mach-o", "dylib", "so"),
  JAVA_CLASS("java-class", "class"),
  WASM("wasm", "wasm"),
  PYTHON_BYTECODE("python-bytecode", "pyc", "pyo"),
  SCRIPT("script", "sh", "bash", "zsh", "py", "pl", "rb"),

  HTML("html", "html", "htm"),
  LFS_POINTER("lfs-pointer"),
  EMPTY("empty"),
  /// Documentation and plain data in text form, which no loader runs or interprets.
  TEXT(
      "text",
      "txt",
      "md",
      "markdown",
      "rst",
      "adoc",
      "csv",
      "tsv",
      "log",
      "bib",
      "cff",
      "sha256",
      "md5"),
  /// Pictures, sound and film.
  MEDIA(
      "media", "png", "jpg", "jpeg", "gif", "webp", "bmp", "ico", "wav", "flac", "ogg", "mp3",
      "mp4", "webm"),

  // Recognised, and not read by this version: a file of these kinds is never clean.
  EXECUTORCH("executorch", "pte"),
  COREML("coreml", "mlmodel", "mlpackage"),
  PADDLE("paddle", "pdmodel"),
  CAFFE("caffe", "caffemodel"),
  SENTENCEPIECE("sentencepiece", "spm"),
  TIKTOKEN("tiktoken", "tiktoken"),
  PROTOBUF("protobuf", "pb", "pbz"),
  PROTOBUF_TEXT("protobuf-text", "pbtxt", "prototxt"),
  FLATBUFFERS("flatbuffers", "fb", "rknn", "mnn"),
  TENSORRT("tensorrt", "engine", "plan", "trt"),
  TORCH7("torch7", "t7", "th"),
  MSGPACK("msgpack", "msgpack"),
  XGBOOST("xgboost", "xgb", "bst"),
  UBJSON("ubjson", "ubj", "bst", "xgb"),
  CATBOOST("catboost", "cbm"),
  LIGHTGBM("lightgbm", "lgb", "txt"),
  RDS("rds", "rds", "rda", "rdata"),
  MXNET("mxnet", "params"),
  /// A piece of an array of Zarr, by its place in it.
  ZARR("zarr-chunk"),
  /// Tables of TensorStore, in which Orbax keeps arrays.
  OCDBT("ocdbt", "ocdbt"),
  OPENVINO("openvino"),
  PARQUET("parquet", "parquet"),
  ARROW("arrow", "arrow", "feather"),
  SQLITE("sqlite", "sqlite", "db"),
  RAR("rar", "rar"),
  CAB("cab", "cab"),
  OLE("ole", "doc", "xls", "msi"),
  PDF("pdf", "pdf"),
  PYTHON("python", "py", "pyi", "pyx", "pxd"),
  NOTEBOOK("notebook", "ipynb"),
  JSON("json", "json", "jsonl", "ndjson", "json5", "webmanifest"),
  YAML("yaml", "yaml", "yml"),
  TOML("toml", "toml"),
  XML("xml", "xml", "pmml", "svg", "xhtml"),
  JINJA("jinja", "jinja", "jinja2", "j2", "template", "tmpl", "tpl"),
  CONFIGURATION("configuration", "cfg", "ini", "conf", "env", "properties", "gin", "lock"),
  REQUIREMENTS("requirements"),
  SOURCE_CODE(
      "source-code",
      "bat",
      "cmd",
      "ps1",
      "js",
      "mjs",
      "ts",
      "lua",
      "php",
      "c",
      "cc",
      "cpp",
      "cxx",
      "cu",
      "cuh",
      "h",
      "hpp",
      "java",
      "kt",
      "go",
      "rs",
      "swift",
      "r",
      "jl",
      "sql",
      "proto"),
  /// Text whose extension says neither that it is documentation nor what reads it.
  OTHER_TEXT("text-of-unknown-kind"),
  UNKNOWN("unknown");

  private final String word;

  @SuppressWarnings("ImmutableEnumChecker") // made by List.of
  private final List<String> extensions;

  Format(String word, String... extensions) {
    this.word = word;
    this.extensions = List.of(extensions);
  }

  /// The word that reports print.
  public String word() {
    return word;
  }

  /// Lower-case extensions without the dot under which the format is ordinarily found.
  public List<String> extensions() {
    return extensions;
  }
}
