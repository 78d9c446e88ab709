package dev.vidimus.scan.keras;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KerasConfigTest {
  private static void assertQuiet(String config) throws IOException {
    KerasScans scans = KerasScans.config(config);
    assertThat(scans.findings()).isEmpty();
    assertThat(scans.notExamined()).isEmpty();
  }

  private static String function(String module, String name) {
    return "{'class_name':'function','module':'" + module + "','config':'" + name + "'}";
  }

  @Test
  void anOrdinaryModelIsQuiet() throws Exception {
    assertQuiet(
        "{'module':'keras','class_name':'Sequential','registered_name':null,'config':{'layers':["
            + "{'module':'keras.layers','class_name':'Dense','config':{'units':2,"
            + "'activation':'relu','dtype':{'module':'keras','class_name':'DTypePolicy',"
            + "'config':{'name':'float32'}}}},"
            + "{'module':'keras.layers','class_name':'StringLookup',"
            + "'config':{'vocabulary':['a','b']}}]},"
            + "'compile_config':{'optimizer':{'module':'keras.optimizers','class_name':'Adam',"
            + "'registered_name':'Adam'},'loss':'mse'}}");
  }

  @ParameterizedTest
  @CsvSource({
    "os,system",
    "posix,system",
    "subprocess,run",
    "builtins,eval",
    "keras.utils,get_file",
    "builtins,get_file",
    "keras.config,enable_unsafe_deserialization",
    "keras.models,load_model",
    "keras.src.saving.saving_lib,load_model",
    "tensorflow.io,write_file",
    "tensorflow.python.ops.script_ops,py_func"
  })
  void aFunctionThatDoesHarmIsMalicious(String module, String name) throws Exception {
    // CVE-2025-1550, CVE-2025-8747, CVE-2025-9906
    assertThat(KerasScans.config("{'loss':" + function(module, name) + "}").findings())
        .singleElement()
        .asString()
        .startsWith("VID-KERAS-002 " + module + "." + name);
  }

  @Test
  void aReferenceIsFoundUnderAnyKeyAndAtAnyDepth() throws Exception {
    String nested = "[{'a':[{'b':" + function("os", "system") + "}]}]";
    assertThat(KerasScans.config("{'build_config':" + nested + "}").findings()).hasSize(1);
  }

  @Test
  void aReferenceIsFoundInAConfigurationWrittenAsText() throws Exception {
    String inner = function("os", "system").replace("'", "\\'");
    assertThat(KerasScans.config("{'json':'" + inner + "'}").findings()).hasSize(1);
  }

  @Test
  void compiledCodeIsSuspiciousInBothWritings() throws Exception {
    // CVE-2024-3660, and CVE-2025-9905 for the older writing
    String recent = "{'class_name':'__lambda__','config':{'code':'4wEA'}}";
    String old = "{'class_name':'Lambda','config':{'function':['4wEA',null,null]}}";
    assertThat(KerasScans.config(recent).findings())
        .containsExactly("VID-KERAS-001 a function as compiled code");
    assertThat(KerasScans.config(old).findings()).containsExactly("VID-KERAS-001 a Lambda layer");
  }

  @Test
  void aModuleOfSomebodyElseIsSuspicious() throws Exception {
    assertThat(
            KerasScans.config("{'class_name':'MyLayer','module':'my_pkg','config':{}}").findings())
        .containsExactly("VID-KERAS-003 my_pkg.MyLayer is not a part of Keras");
  }

  @Test
  void aNameThatAProgramRegisteredIsSuspicious() throws Exception {
    String config = "{'class_name':'L','module':'keras','registered_name':'mine>L'}";
    assertThat(KerasScans.config(config).findings())
        .containsExactly("VID-KERAS-003 keras.L is registered as mine>L");
    assertQuiet("{'class_name':'L','module':'keras','registered_name':'keras_hub>L'}");
  }

  @Test
  void aTypeSpecificationImportsItsModuleToo() throws Exception {
    String config = "{'class_name':'__typespec__','config':{'spec_name':'system','module':'os'}}";
    assertThat(KerasScans.config(config).findings())
        .containsExactly("VID-KERAS-002 os.system runs a command");
  }

  @Test
  void aWrappedTorchModuleIsSuspiciousAndItsBytesAreExamined() throws Exception {
    // CVE-2025-49655
    KerasScans scans =
        KerasScans.config(
            "{'class_name':'TorchModuleWrapper','module':'keras.layers','config':{'module':"
                + "{'class_name':'__bytes__','config':{'value':'UEsDBA=='}}}}");
    assertThat(scans.findings()).singleElement().asString().startsWith("VID-KERAS-004");
    assertThat(scans.examined()).containsExactly("__bytes__=PK\3\4");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/etc/passwd", "../../secret", "http://x.invalid/v", "C:/v.txt"})
  void aVocabularyOutsideTheModelIsSuspicious(String path) throws Exception {
    // CVE-2025-12058
    String config = "{'class_name':'StringLookup','config':{'vocabulary':'" + path + "'}}";
    assertThat(KerasScans.config(config).findings())
        .containsExactly("VID-KERAS-005 \"vocabulary\" is " + path);
  }

  @Test
  void safeModeSwitchedOffIsSuspicious() throws Exception {
    assertThat(KerasScans.config("{'config':{'safe_mode':false}}").findings())
        .containsExactly("VID-KERAS-007 safe_mode is false");
    assertQuiet("{'config':{'safe_mode':true}}");
  }

  @Test
  void anOperationOfTensorFlowThatWritesIsMalicious() throws Exception {
    String begin = "{'class_name':'TFOpLambda','config':{'function':";
    assertThat(KerasScans.config(begin + "'io.write_file'}}").findings())
        .containsExactly("VID-KERAS-002 tf.io.write_file is called as a layer");
    assertQuiet(begin + "'math.multiply'}}");
  }

  @Test
  void aConfigurationThatIsNoJsonBreaksTheModel() throws Exception {
    assertThat(KerasScans.config("{").findings())
        .singleElement()
        .asString()
        .startsWith("VID-KERAS-006");
  }
}
