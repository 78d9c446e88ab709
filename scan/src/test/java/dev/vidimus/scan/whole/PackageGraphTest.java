package dev.vidimus.scan.whole;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vidimus.testkit.SafetensorsForger;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PackageGraphTest {
  private static final byte[] ELF = {
    0x7f, 'E', 'L', 'F', 2, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 3, 0, 62, 0
  };

  @TempDir Path temporary;
  private WholeScans repository;

  @BeforeEach
  void begin() throws IOException {
    repository = new WholeScans(temporary.resolve("repository"));
  }

  @Test
  void configurationLoadsTheWeightsBesideIt() throws IOException {
    repository.with("config.json", "{'model_type':'bert'}").with("model.safetensors", weights("a"));
    assertThat(repository.edges()).containsExactly("config.json loads model.safetensors (by name)");
    assertThat(repository.findings()).isEmpty();
  }

  @Test
  void autoMapIsFollowedThroughImports() throws IOException {
    repository
        .with("config.json", "{'auto_map':{'AutoModel':'modeling_net.Net'}}")
        .with("modeling_net.py", "import torch\nfrom .layers import Block\nimport math\n")
        .with("layers.py", "from . import activations\n")
        .with("activations.py", "x = 1\n")
        .with("train.py", "import modeling_net\n");
    assertThat(repository.edges())
        .containsExactlyInAnyOrder(
            "config.json loads modeling_net.py (auto_map.AutoModel)",
            "modeling_net.py imports package:torch (import in line 1)",
            "modeling_net.py imports layers.py (import in line 2)",
            "layers.py imports activations.py (import in line 1)",
            "train.py imports modeling_net.py (import in line 1)");
    assertThat(repository.findings())
        .containsExactly(
            "VID-GRAPH-001 modeling_net.py is run by transformers with trust_remote_code"
                + " (auto_map.AutoModel in config.json)",
            "VID-GRAPH-001 layers.py is imported by modeling_net.py, which loaders run",
            "VID-GRAPH-001 activations.py is imported by layers.py, which loaders run",
            "VID-GRAPH-003 nothing refers to train.py");
  }

  @Test
  void customPipelinesOfTransformersAreCode() throws IOException {
    repository
        .with(
            "config.json",
            "{'custom_pipelines':{'pairs':{'impl':'pairs.Pairs','pt':['AutoModel']}}}")
        .with("pairs.py", "x = 1\n");
    assertThat(repository.edges())
        .contains("config.json loads pairs.py (custom_pipelines.pairs.impl)");
    repository.scan();
    assertThat(repository.outcomes().getFirst().verdict().word()).isEqualTo("suspicious");
  }

  @Test
  void partsOfPipelinesAreFoldersAndTheirOwnCode() throws IOException {
    repository
        .with(
            "model_index.json",
            "{'_class_name':['my_pipeline','My'],'unet':['my_unet','Net'],"
                + "'vae':['diffusers','AutoencoderKL'],'safety_checker':[null,null]}")
        .with("my_pipeline.py", "x = 1\n")
        .with("unet/my_unet.py", "x = 1\n")
        .with("unet/config.json", "{}")
        .with("vae/config.json", "{}");
    assertThat(repository.edges())
        .contains(
            "model_index.json loads my_pipeline.py (model_index._class_name)",
            "model_index.json loads unet/my_unet.py (model_index.unet)",
            "model_index.json loads vae/config.json (model_index.vae)");
    assertThat(repository.gaps()).isEmpty();
  }

  @Test
  void codeThatIsDeclaredAndNotHereIsNotExamined() throws IOException {
    repository.with("config.json", "{'auto_map':{'AutoModel':'modeling_net.Net'}}");
    assertThat(repository.gaps())
        .containsExactly("modeling_net.py is not here, which auto_map.AutoModel names");
  }

  @Test
  void importOfWhatIsNotHereMattersOnlyInCodeThatIsRun() throws IOException {
    repository.with("tool.py", "from .absent import x\n");
    assertThat(repository.gaps()).isEmpty();
    repository.with("config.json", "{'auto_map':{'AutoModel':'tool.Net'}}");
    assertThat(repository.gaps())
        .containsExactly("absent.py is not here, which import in line 1 names");
  }

  @Test
  void codeOfAnotherRepositoryIsANodeOfItsOwn() throws IOException {
    repository.with("config.json", "{'auto_map':{'AutoModel':'other/repo--modeling.Net'}}");
    assertThat(repository.edges())
        .containsExactly("config.json loads repository:other/repo (auto_map.AutoModel)");
  }

  @Test
  void codeThatIsRunAndFetchesIsSuspicious() throws IOException {
    repository
        .with("config.json", "{'auto_map':{'AutoModel':'modeling_net.Net'}}")
        .with(
            "modeling_net.py",
            "from transformers import AutoModel\n"
                + "class Net:\n"
                + "  def __init__(self):\n"
                + "    self.b = AutoModel.from_pretrained('x/y', trust_remote_code=True)\n");
    assertThat(repository.findings())
        .contains(
            "VID-GRAPH-004 modeling_net.py, which loaders run, gets x/y:"
                + " transformers.AutoModel.from_pretrained in line 4 with trust_remote_code");
  }

  @Test
  void codeThatNobodyRunsMayFetch() throws IOException {
    repository.with(
        "demo.py", "from transformers import AutoModel\nm = AutoModel.from_pretrained('x/y')\n");
    assertThat(repository.findings()).containsExactly("VID-GRAPH-003 nothing refers to demo.py");
  }

  @Test
  void handlerIsRunForItsName() throws IOException {
    repository.with("handler.py", "class EndpointHandler: pass\n");
    assertThat(repository.findings())
        .containsExactly("VID-GRAPH-001 handler.py is run by Inference Endpoints, by its name");
  }

  @Test
  void pathThatLeavesTheFolderIsSuspicious() throws IOException {
    repository.with(
        "modules.json", "[{'path':'../../etc','type':'sentence_transformers.models.Transformer'}]");
    assertThat(repository.findings())
        .containsExactly("VID-GRAPH-002 modules.json refers to ../../etc (modules.path)");
  }

  @Test
  void importAboveTheTopIsSuspicious() throws IOException {
    repository.with("pkg/a.py", "from ...b import c\n");
    assertThat(repository.findings())
        .contains("VID-GRAPH-002 pkg/a.py refers to ...b (import in line 1)");
  }

  @Test
  void pathOfSomebodysMachineIsNoReferenceThatLoadersFollow() throws IOException {
    repository.with("config.json", "{'_name_or_path':'/home/me/checkpoints/../net'}");
    assertThat(repository.findings()).isEmpty();
    assertThat(repository.gaps()).isEmpty();
  }

  @Test
  void baseOfAnAdapterIsInformation() throws IOException {
    repository
        .with("adapter_config.json", "{'base_model_name_or_path':'acme/base-7b'}")
        .with("adapter_model.safetensors", weights("a"));
    assertThat(repository.edges())
        .containsExactlyInAnyOrder(
            "adapter_config.json loads adapter_model.safetensors (by name)",
            "adapter_config.json loads repository:acme/base-7b (loads base_model_name_or_path)");
    assertThat(repository.findings())
        .containsExactly(
            "VID-GRAPH-005 adapter_config.json needs acme/base-7b"
                + " (loads base_model_name_or_path)");
  }

  @Test
  void programThatNothingNamesIsAnOrphan() throws IOException {
    repository.with("config.json", "{}").with("bin/update", ELF);
    assertThat(repository.findings()).containsExactly("VID-GRAPH-006 nothing refers to bin/update");
  }

  @Test
  void libraryThatCodeOpensIsNoOrphanButWorse() throws IOException {
    repository.with("net.py", "import ctypes\nctypes.CDLL('./libnet.so')\n").with("libnet.so", ELF);
    assertThat(repository.findings())
        .contains("VID-GRAPH-007 net.py loads libnet.so (ctypes.CDLL in line 2)")
        .noneMatch(line -> line.startsWith("VID-GRAPH-006"));
  }

  @Test
  void fileInTheNameOfAModuleShadowsIt() throws IOException {
    repository.with("torch.py", "x = 1\n").with("src/json.py", "x = 1\n");
    assertThat(repository.findings())
        .filteredOn(line -> line.startsWith("VID-GRAPH-012"))
        .containsExactly(
            "VID-GRAPH-012 torch.py is imported in place of the module torch by what starts here");
  }

  @Test
  void circlesEnd() throws IOException {
    repository
        .with("config.json", "{'auto_map':{'AutoModel':'a.A'}}")
        .with("a.py", "from . import b\nfrom . import a\n")
        .with("b.py", "from .a import A\nimport b\n");
    assertThat(repository.edges())
        .contains("a.py imports b.py (import in line 1)", "b.py imports a.py (import in line 1)");
  }

  @Test
  void whatWasLeftOutIsThereAndNothingIsSaidOfWhatNobodyNames() throws IOException {
    Part config =
        new Part(
            "config.json",
            "json",
            2,
            java.util.List.of(
                new dev.vidimus.scan.inspection.Reference(
                    dev.vidimus.scan.inspection.Reference.Kind.CODE,
                    "net.Net",
                    "auto_map.AutoModel",
                    dev.vidimus.artifact.Location.of("config.json"))),
            () -> dev.vidimus.artifact.Bytes.of());
    Part orphan =
        new Part("x.so", "elf", 2, java.util.List.of(), () -> dev.vidimus.artifact.Bytes.of());
    Whole whole = Whole.of(java.util.List.of(config, orphan), java.util.List.of("net.py"));
    assertThat(whole.findings()).isEmpty();
    assertThat(whole.notExamined()).isEmpty();
  }

  static byte[] weights(String... tensors) {
    StringBuilder header = new StringBuilder("{");
    for (int i = 0; i < tensors.length; i++) {
      header.append(i == 0 ? "" : ",").append("'").append(tensors[i]).append("':");
      header.append("{'dtype':'U8','shape':[1],'data_offsets':[").append(i).append(',');
      header.append(i + 1).append("]}");
    }
    return SafetensorsForger.file(header.append('}').toString(), tensors.length);
  }
}
