package dev.vidimus.checks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vidimus.formats.detect.Format;
import dev.vidimus.scan.ScanExaminer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// `docs/reference/coverage.md` is made from the code; `mvn verify
/// -Dtest.jvm=-Dcoverage.write=true`
/// writes it anew.
class CoverageDocTest {
  private static final Path PAGE = Path.of("..", "docs", "reference", "coverage.md");

  /// What the reader of a format leaves out, and the page that says more.
  private record Note(String page, String notRead) {}

  private static final Map<Format, Note> NOTES = new EnumMap<>(Format.class);

  static {
    note(
        "pickle",
        "data of out-of-band buffers; streams over 12 million live values",
        Format.PICKLE);
    note(
        "zip",
        "methods other than stored, deflate, bzip2, LZMA, xz, zstd; encrypted members; split"
            + " archives",
        Format.ZIP);
    note("tar", "multi-volume archives beyond the volume at hand", Format.TAR);
    note("compressed", "–", Format.GZIP, Format.BZIP2, Format.LZMA, Format.ZFILE);
    note("compressed", "preset dictionaries", Format.ZLIB);
    note("compressed", "filters other than LZMA2", Format.XZ);
    note("compressed", "dictionaries; xxHash sums are unchecked", Format.ZSTD, Format.LZ4);
    note("7z", "methods other than copy, LZMA, LZMA2; encrypted folders", Format.SEVEN_ZIP);
    note("numpy", "the numbers", Format.NPY);
    note("safetensors", "the numbers; index files are not followed", Format.SAFETENSORS);
    note("gguf", "the numbers", Format.GGUF);
    note("gguf", "the numbers; `ggml` files of other models than LLaMA; `ggsn`", Format.GGML);
    note("onnx", "the numbers; files of external data are files of their own", Format.ONNX);
    note("keras", "the numbers; shared attributes; compiled code of Lambda layers", Format.HDF5);
    note(
        "repository",
        "documents over 64 MiB; halves of what two members of one name say",
        Format.JSON);
    note("repository", "scores; how it was trained", Format.SENTENCEPIECE);
    note("repository", "–", Format.TIKTOKEN);
    note("repository", "aliases of collections are not followed", Format.YAML);
    note("template", "functions of programs other than loaders of models", Format.JINJA);
    note("python", "Python 2; results and parameters of functions are not followed", Format.PYTHON);
    note("python", "outputs; cells of other languages; lines for the shell", Format.NOTEBOOK);
    note("repository", "the packages themselves", Format.REQUIREMENTS);
    note("tensorflow", "values of constants", Format.TENSORFLOW);
    note("tensorflow", "the numbers; options of operators", Format.TFLITE);
    note("rds", "the numbers; what packages make of their own classes", Format.RDS);
    note("msgpack", "the numbers; texts", Format.MSGPACK);
    note("msgpack", "recognised by name or first bytes; the numbers", Format.ZARR, Format.OCDBT);
    note("boosted-trees", "documents of other kinds than XGBoost's", Format.UBJSON);
    note("boosted-trees", "thresholds and values", Format.LIGHTGBM);
    note("operators", "ML programs: such a file is incomplete", Format.COREML);
    note("operators", "attributes of operators", Format.PADDLE);
    note("operators", "the older `layers` field", Format.CAFFE);
    note("operators", "instructions, segments", Format.EXECUTORCH);
    note("operators", "big-endian files", Format.TORCH7);
    note("operators", "values of constants", Format.PROTOBUF_TEXT);
    note("tensorflow", "compressed tables", Format.TENSORFLOW_INDEX);
    note("tensorflow", "the numbers and texts", Format.TENSORFLOW_DATA);
    note("xml", "documents of other kinds than PMML and OpenVINO; values", Format.XML);
    note("detection", "reported for what they are, not analysed", Format.ELF, Format.PE);
    note("detection", "reported for what they are, not analysed", Format.MACH_O, Format.WASM);
    note("detection", "reported for what they are, not analysed", Format.JAVA_CLASS);
    note("detection", "reported for what they are, not analysed", Format.PYTHON_BYTECODE);
    note("detection", "what it would do; under a model's name a finding", Format.SCRIPT);
    note("detection", "–", Format.HTML, Format.LFS_POINTER, Format.EMPTY);
    note("detection", "inert: nothing loads it", Format.TEXT, Format.MEDIA);
  }

  private static void note(String page, String notRead, Format... formats) {
    for (Format format : formats) {
      NOTES.put(format, new Note(page, notRead));
    }
  }

  @Test
  void coveragePageSaysWhatTheCodeReads() throws IOException {
    String page = page();
    if (Boolean.getBoolean("coverage.write")) {
      Files.createDirectories(PAGE.getParent());
      Files.writeString(PAGE, page);
    }
    assertThat(Files.readString(PAGE)).isEqualTo(page);
  }

  @Test
  void everyFormatThatIsReadSaysWhatItLeavesOut() {
    Set<Format> read = ScanExaminer.formats();
    assertThat(NOTES.keySet()).isEqualTo(without(read, Format.UNKNOWN));
  }

  private static Set<Format> without(Set<Format> formats, Format one) {
    return formats.stream()
        .filter(format -> format != one)
        .collect(java.util.stream.Collectors.toUnmodifiableSet());
  }

  private static String page() {
    StringBuilder out = new StringBuilder();
    out.append("# Coverage\n\n")
        .append("Made from the code by `CoverageDocTest`; do not edit.\n\n")
        .append("## Read\n")
        .append("| format | usual extensions | what is not read |\n|---|---|---|\n");
    for (Format format : Format.values()) {
      Note note = NOTES.get(format);
      if (note != null) {
        out.append(
            "| [%s](../formats/%s.md) | %s | %s |\n"
                .formatted(format.word(), note.page(), extensions(format), note.notRead()));
      }
    }
    out.append("\n## Recognised and not read\n")
        .append("Files of these formats are **incomplete**, never clean.\n\n")
        .append("| format | usual extensions |\n|---|---|\n");
    for (Format format : Format.values()) {
      if (!NOTES.containsKey(format) && format != Format.UNKNOWN) {
        out.append("| %s | %s |\n".formatted(format.word(), extensions(format)));
      }
    }
    return out.append("\nAnything else is unknown, and incomplete too.\n").toString();
  }

  private static String extensions(Format format) {
    return format.extensions().isEmpty()
        ? "–"
        : "`" + String.join("` `", format.extensions()) + "`";
  }
}
