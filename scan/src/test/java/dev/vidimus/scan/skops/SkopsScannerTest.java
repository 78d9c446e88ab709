package dev.vidimus.scan.skops;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vidimus.artifact.Bytes;
import dev.vidimus.artifact.Limits;
import dev.vidimus.artifact.Location;
import dev.vidimus.artifact.Spool;
import dev.vidimus.scan.inspection.Inspection;
import dev.vidimus.scan.inspection.ScanOptions;
import dev.vidimus.scan.inspection.Target;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SkopsScannerTest {
  /// What was examined as something else.
  private final List<String> examined = new ArrayList<>();

  /// @param schema with `'` in place of `"`
  private List<String> scan(String schema) throws IOException {
    Inspection inspection =
        new Inspection(
            new ScanOptions(Limits.DEFAULT, false),
            new Spool(Path.of("target", "spool"), 1 << 20),
            (target, itself) -> examined.add(target.name()));
    Bytes bytes = Bytes.of(schema.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    new SkopsScanner()
        .scan(Target.file(bytes, Location.of("schema.json"), "schema.json"), inspection);
    return inspection.findings().stream().map(f -> f.rule() + " " + f.message()).toList();
  }

  private static String node(String loader, String module, String type, String content) {
    return "{'__loader__':'%s','__module__':'%s','__class__':'%s','content':%s}"
        .formatted(loader, module, type, content);
  }

  @Test
  void anOrdinaryModelIsQuiet() throws Exception {
    String tree = node("TreeNode", "sklearn.tree._tree", "Tree", "{}");
    assertThat(scan(node("ObjectNode", "sklearn.tree", "DecisionTreeClassifier", tree))).isEmpty();
    assertThat(examined).isEmpty();
  }

  @Test
  void aFunctionThatDoesHarmIsMaliciousAtAnyDepth() throws Exception {
    String bad = node("FunctionNode", "os", "system", "'system'");
    String inContent = "{'module_path':'os','function':'system'}";
    assertThat(scan(node("ObjectNode", "sklearn.a", "B", "[{'x':" + bad + "}]")))
        .containsExactly("VID-SKOPS-001 os.system runs a command");
    assertThat(scan(node("FunctionNode", "sklearn.a", "B", inContent))).hasSize(1);
  }

  @Test
  void aMethodOfHiddenNameIsSuspicious() throws Exception {
    // CVE-2025-54413
    String object = node("TreeNode", "sklearn.tree._tree", "Tree", "{}");
    String hidden = "{'func':'__builtins__','obj':" + object + "}";
    String plain = "{'func':'predict','obj':" + object + "}";
    assertThat(scan(node("MethodNode", "builtins", "method", hidden)))
        .containsExactly("VID-SKOPS-002 the attribute __builtins__");
    assertThat(scan(node("MethodNode", "builtins", "method", plain))).isEmpty();
  }

  @Test
  void aModuleOfSomebodyElseIsSuspicious() throws Exception {
    assertThat(scan(node("ObjectNode", "mine.models", "Model", "{}")))
        .containsExactly("VID-SKOPS-003 mine.models.Model is in no ordinary package");
  }

  @Test
  void anotherSchemaIsExaminedAsAnyJson() throws Exception {
    assertThat(scan("{'type':'object'}")).isEmpty();
    assertThat(scan("{")).isEmpty();
    assertThat(examined).hasSize(2);
  }
}
