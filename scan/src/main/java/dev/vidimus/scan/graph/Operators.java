package dev.vidimus.scan.graph;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Operators of TensorFlow that do more than calculate.
///
/// A table by harm, not by suspicion: reading and writing checkpoints, tables and assets, which
/// every SavedModel does on loading, is not in it.
public final class Operators {
  private static final String PYTHON = "calls Python code of the process";
  private static final String WRITES = "writes files";
  private static final String READS = "reads files that the graph names";
  private static final String LISTS = "looks at the file system";
  private static final String NETWORK = "talks over the network";
  private static final String CODE = "runs code that the graph carries or names";
  private static final String OUTPUT = "writes to the console or the log of the process";

  private static final Map<String, String> DANGERS =
      Map.ofEntries(
          Map.entry("PyFunc", PYTHON),
          Map.entry("PyFuncStateless", PYTHON),
          Map.entry("EagerPyFunc", PYTHON),
          Map.entry("NumpyFunction", PYTHON),
          Map.entry("GeneratorDataset", PYTHON),
          Map.entry("WriteFile", WRITES),
          Map.entry("ReadFile", READS),
          Map.entry("WholeFileReader", READS),
          Map.entry("WholeFileReaderV2", READS),
          Map.entry("TextLineReader", READS),
          Map.entry("TextLineReaderV2", READS),
          Map.entry("FixedLengthRecordReader", READS),
          Map.entry("FixedLengthRecordReaderV2", READS),
          Map.entry("TFRecordReader", READS),
          Map.entry("TFRecordReaderV2", READS),
          Map.entry("TextLineDataset", READS),
          Map.entry("FixedLengthRecordDataset", READS),
          Map.entry("FixedLengthRecordDatasetV2", READS),
          Map.entry("TFRecordDataset", READS),
          Map.entry("TFRecordDatasetV2", READS),
          Map.entry("SqlDataset", READS),
          Map.entry("LMDBReader", READS),
          Map.entry("LMDBDataset", READS),
          Map.entry("ImmutableConst", READS),
          Map.entry("LoadDataset", READS),
          Map.entry("SaveDataset", WRITES),
          Map.entry("SaveDatasetV2", WRITES),
          Map.entry("DatasetToTFRecord", WRITES),
          Map.entry("CreateSummaryFileWriter", WRITES),
          Map.entry("CreateSummaryDbWriter", WRITES),
          Map.entry("DebugIdentity", WRITES),
          Map.entry("DebugIdentityV2", WRITES),
          Map.entry("MatchingFiles", LISTS),
          Map.entry("MatchingFilesDataset", LISTS),
          Map.entry("ListFiles", LISTS),
          Map.entry("RpcCall", NETWORK),
          Map.entry("RpcClient", NETWORK),
          Map.entry("RpcServer", NETWORK),
          Map.entry("RpcServerStart", NETWORK),
          Map.entry("RpcServerRegister", NETWORK),
          Map.entry("DataServiceDataset", NETWORK),
          Map.entry("DataServiceDatasetV2", NETWORK),
          Map.entry("DataServiceDatasetV3", NETWORK),
          Map.entry("DataServiceDatasetV4", NETWORK),
          Map.entry("RegisterDataset", NETWORK),
          Map.entry("RegisterDatasetV2", NETWORK),
          Map.entry("BigQueryReader", NETWORK),
          Map.entry("XlaLaunch", CODE),
          Map.entry("XlaRunCpuExecutable", CODE),
          Map.entry("TPUCompile", CODE),
          Map.entry("LoadLibrary", CODE),
          Map.entry("LoadOpLibrary", CODE),
          Map.entry("RemoteFusedGraphExecute", CODE),
          Map.entry("Print", OUTPUT),
          Map.entry("PrintV2", OUTPUT));

  /// The same as functions of the Python interface, by their last names.
  private static final Set<String> FUNCTIONS =
      Set.of(
          "write_file",
          "read_file",
          "matching_files",
          "py_function",
          "py_func",
          "numpy_function",
          "load_library",
          "load_op_library",
          "load_file_system_library",
          "rename",
          "rmtree",
          "remove",
          "copy",
          "makedirs",
          "mkdir",
          "glob",
          "listdir",
          "gfile",
          "print",
          "print_v2",
          "tfrecorddataset",
          "textlinedataset",
          "from_generator");

  private Operators() {}

  /// What the operator does, or null if it only calculates.
  public static @Nullable String danger(String type) {
    return DANGERS.get(type);
  }

  /// True if the operator is listed, and does more than look or print.
  public static boolean isSevere(String type) {
    String danger = DANGERS.get(type);
    return danger != null && !danger.equals(LISTS) && !danger.equals(OUTPUT);
  }

  /// True if a function of TensorFlow does more than calculate.
  ///
  /// @param path such as `io.write_file`
  public static boolean isHarmfulFunction(String path) {
    int from = 0;
    String lower = path.toLowerCase(Locale.ROOT);
    for (int dot = lower.indexOf('.'); dot >= 0; dot = lower.indexOf('.', from)) {
      if (FUNCTIONS.contains(lower.substring(from, dot))) {
        return true;
      }
      from = dot + 1;
    }
    String last = lower.substring(from);
    return FUNCTIONS.contains(last) || danger(path.substring(from)) != null;
  }
}
