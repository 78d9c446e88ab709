package dev.vidimus.inventory.deps.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vidimus.artifact.Bytes;
import dev.vidimus.artifact.FormatException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Files that name packages and have no fixture, each with what makes it hard.
final class FilesOfStacksTest {
  @Test
  void modelsOfProvidersAreNamedWithTheVersionThatStays() throws Exception {
    Listing proxy =
        read(
            "litellm_config.yaml",
            """
            model_list:
              - model_name: chat
                litellm_params: {model: openai/gpt-4o-2024-08-06, api_key: os.environ/KEY}
              - model_name: own
                litellm_params: {model: azure/chat, api_base: "https://u:p@ai.example.com/v1?key=s"}
            """);
    assertThat(names(proxy))
        .containsExactly("openai/gpt-4o-2024-08-06 2024-08-06", "azure/chat azure/chat");
    assertThat(proxy.packages().getLast().origin().address())
        .isEqualTo("https://****@ai.example.com/v1?key=****");
    assertThat(
            names(
                read(
                    "promptfooconfig.yaml",
                    "providers: [openai:chat:gpt-4o, file://p.py, {id:"
                        + " 'anthropic:messages:claude-x'}]")))
        .containsExactly("openai/gpt-4o openai/gpt-4o", "anthropic/claude-x anthropic/claude-x");
    assertThat(
            names(
                read(
                    "a/.continue/config.json",
                    "{\"models\": [{\"provider\": \"ollama\", \"model\": \"llama3\"}]}")))
        .containsExactly("ollama/llama3 ollama/llama3");
  }

  @Test
  void noCredentialIsShown() {
    assertThat(Address.shown("git+https://tok@git.example.com/a.git@main"))
        .isEqualTo("git+https://****@git.example.com/a.git@main");
    assertThat(Address.shown("see https://a:p@ss@example.com/?x=1&api_key=s#f"))
        .isEqualTo("see https://****@example.com/?x=1&api_key=****#f");
    for (String harmless :
        List.of(
            "git+ssh://git@git.example.com/a.git@v1",
            "ssh://deploy@git.example.com/a.git",
            "https://${USER}:${TOKEN}@example.com/simple?token=$TOKEN",
            "git@git.example.com:a/b.git",
            "https://example.com/a@b/c?sha=1")) {
      assertThat(Address.shown(harmless)).isEqualTo(harmless);
    }
    assertThat(Address.shown("https://" + "?key".repeat(100_000))).hasSizeLessThan(5_000);
  }

  @Test
  void aSetupProgramIsReadWithoutBeingRun() throws Exception {
    Listing listing =
        read(
            "setup.py",
            """
            from setuptools import setup
            import os
            REQ = ["torch>=2.0", 'numpy==1.26.4']
            os.system("touch /never")
            setup(install_requires=REQ + ["scipy; python_version>'3'"],
                  extras_require={"gpu": "cupy\\nflash-attn==2.5"})
            """);
    assertThat(names(listing))
        .containsExactly("torch >=2.0", "numpy 1.26.4", "scipy ", "cupy ", "flash-attn 2.5");
    assertThat(listing.packages().getLast().marker()).isEqualTo("extra == \"gpu\"");
    assertThat(listing.problems()).isEmpty();
  }

  @Test
  void whatASetupProgramComputesIsNotExamined() throws Exception {
    Listing listing = read("setup.py", "setup(install_requires=open('r.txt').readlines())\n");
    assertThat(listing.packages()).isEmpty();
    assertThat(listing.problems()).extracting(Listing.Problem::line).containsExactly(1);
  }

  @Test
  void aVariableThatIsBoundTwiceIsNotBelieved() throws Exception {
    Listing listing = read("setup.py", "a = ['x']\na = f()\nsetup(install_requires=a)\n");
    assertThat(listing.packages()).isEmpty();
    assertThat(listing.problems()).hasSize(1);
  }

  @Test
  void setupCfgHasOptionsAndExtras() throws Exception {
    Listing listing =
        read(
            "setup.cfg",
            """
            [metadata]
            name = x
            [options]
            install_requires =
                requests>=2
                # no requirement
                idna==3.4; python_version < "3.8"
            [options.extras_require]
            test = pytest==8
            """);
    assertThat(names(listing)).containsExactly("requests >=2", "idna 3.4", "pytest 8");
  }

  @Test
  void anInstalledPackageSaysWhatItIsAndNeeds() throws Exception {
    String metadata =
        "Metadata-Version: 2.1\nName: Pkg\nVersion: 1.2\nRequires-Dist: numpy (>=1)\n\nName: no\n";
    Listing listing = read("lib/pkg-1.2.dist-info/METADATA", metadata);
    assertThat(names(listing)).containsExactly("Pkg 1.2");
    assertThat(listing.packages().getFirst().requires()).containsExactly("numpy");
    assertThat(names(read("pkg.egg-info/PKG-INFO", metadata))).containsExactly("Pkg 1.2");
    assertThat(names(read("pkg.egg-info/requires.txt", "a==1\n[x:os_name=='nt']\nb\n")))
        .containsExactly("a 1", "b ");
  }

  @Test
  void yarnLocksOfBothFormsAreRead() throws Exception {
    Listing first =
        read(
            "yarn.lock",
            """
            # yarn lockfile v1
            "@babel/core@^7.0.0", "@babel/core@^7.1.0":
              version "7.8.3"
              resolved "https://registry.yarnpkg.com/@babel/core/-/core-7.8.3.tgz#%s"
              integrity sha512-%s==
              dependencies:
                lodash "^4"
            "al@npm:left-pad@1.3.0":
              version "1.3.0"
            g@a/b:
              version "1.0.0"
              resolved "git+https://github.com/a/b.git#%s"
            """
                .formatted("a".repeat(40), "A".repeat(86), "b".repeat(40)));
    assertThat(names(first)).containsExactly("@babel/core 7.8.3", "left-pad 1.3.0", "g 1.0.0");
    Dependency core = first.packages().getFirst();
    assertThat(core.origin().address()).isEqualTo("https://registry.yarnpkg.com");
    assertThat(core.hashes()).hasSize(2);
    assertThat(core.requires()).containsExactly("lodash");
    assertThat(first.packages().getLast().origin().isFixed()).isTrue();

    Listing later =
        read(
            "yarn.lock",
            """
            __metadata:
              version: 8
            "@ai-sdk/openai@npm:^1.0.0":
              version: 1.0.5
              resolution: "@ai-sdk/openai@npm:1.0.5"
              dependencies:
                zod: "npm:^3"
              checksum: 10c0/abcdef
            "root@workspace:.":
              version: 0.0.0-use.local
              resolution: "root@workspace:."
            """);
    assertThat(names(later)).containsExactly("@ai-sdk/openai 1.0.5", "root 0.0.0-use.local");
    assertThat(later.packages().getFirst().hashes()).containsExactly("yarn:abcdef");
    assertThat(later.packages().getLast().origin().kind()).isEqualTo(Origin.Kind.PATH);
  }

  @Test
  void aLockOfBunMayHaveCommentsAndCommasAtTheEnd() throws Exception {
    Listing listing =
        read(
            "bun.lock",
            """
            { "lockfileVersion": 1, // comment
              "packages": {
                "zod": ["zod@3.23.8", "", {}, "sha512-AAAA"],
                "x": ["x@github:a/b#0123456", { "dependencies": { "zod": "//no comment,}" } }, "x"],
                "ws": ["ws@workspace:p"],
              },
            }
            """);
    assertThat(names(listing)).containsExactly("zod 3.23.8", "x ", "ws ");
    assertThat(listing.packages().getFirst().hashes()).containsExactly("sha512:000000");
    assertThat(listing.packages().get(1).requires()).containsExactly("zod");
  }

  @Test
  void aProjectOfMavenResolvesItsOwnPropertiesAndManagedVersions() throws Exception {
    Listing listing =
        read(
            "pom.xml",
            """
            <project><parent><groupId>p</groupId><artifactId>par</artifactId><version>3</version></parent>
            <artifactId>a</artifactId><properties><v>2.1</v><loop>${loop}</loop></properties>
            <dependencyManagement><dependencies><dependency><groupId>m</groupId><artifactId>n</artifactId>
            <version>9</version></dependency></dependencies></dependencyManagement>
            <dependencies>
            <dependency><groupId>x</groupId><artifactId>y</artifactId><version>${v}</version>
            <exclusions><exclusion><groupId>q</groupId><artifactId>r</artifactId></exclusion></exclusions></dependency>
            <dependency><groupId>m</groupId><artifactId>n</artifactId></dependency>
            <dependency><groupId>l</groupId><artifactId>l</artifactId><version>${loop}</version></dependency>
            <dependency><groupId>${project.groupId}</groupId><artifactId>o</artifactId><version>[1,2)</version></dependency>
            </dependencies></project>
            """);
    assertThat(names(listing))
        .containsExactly("p:par 3", "x:y 2.1", "m:n 9", "l:l ${loop}", "p:o [1,2)");
    assertThat(listing.packages().getLast().version()).isEmpty();
  }

  @Test
  void theMetadataOfGradleHaveHashes() throws Exception {
    Listing listing =
        read(
            "gradle/verification-metadata.xml",
            """
            <verification-metadata><components><component group="g" name="n" version="1">
            <artifact name="n-1.jar"><sha256 value="AB"/></artifact></component></components>
            </verification-metadata>
            """);
    assertThat(names(listing)).containsExactly("g:n 1");
    assertThat(listing.packages().getFirst().hashes()).containsExactly("sha256:ab");
  }

  @Test
  void aGoModuleIsReplacedWhereItSaysSo() throws Exception {
    Listing listing =
        read(
            "go.mod",
            """
            module example.com/a
            require github.com/x/y v1.2.3
            require (
            \tgolang.org/x/net v0.1.0 // indirect
            \tk v1.0.0
            )
            replace k => ./k
            replace golang.org/x/net v0.1.0 => golang.org/x/net v0.2.0
            """);
    assertThat(names(listing))
        .containsExactly("github.com/x/y v1.2.3", "golang.org/x/net v0.2.0", "k v1.0.0");
    assertThat(listing.packages().getLast().origin().kind()).isEqualTo(Origin.Kind.PATH);
  }

  @Test
  void anAgentIsToldToStartPackagesImagesAndToAskServices() throws Exception {
    Listing listing =
        read(
            ".cursor/mcp.json",
            """
            {"mcpServers": {
              "fs": {"command": "npx", "args": ["-y", "@m/fs@1.2.3", "/data"]},
              "py": {"command": "uvx", "args": ["--from", "git+https://github.com/a/b", "srv"]},
              "tool": {"command": "uv", "args": ["tool", "run", "mcp-x@latest"]},
              "d": {"command": "docker", "args": ["run", "-i", "--rm", "-e", "TOKEN", "ghcr.io/a/b:v1"]},
              "web": {"url": "https://mcp.example.com/sse"},
              "bridge": {"command": "cmd", "args": ["/c", "npx", "mcp-remote", "https://x.example/mcp"]},
              "own": {"command": "node", "args": ["./s.js", "--api-key", "sk"]}, // a comment
              "kept": {"command": "/opt/tool", "args": ["sk.secret"]}
            }}
            """);
    assertThat(names(listing))
        .containsExactly(
            "@m/fs 1.2.3",
            "git+https://github.com/a/b git+https://github.com/a/b",
            "mcp-x latest",
            "ghcr.io/a/b v1",
            "web https://mcp.example.com/sse",
            "mcp-remote ",
            "bridge https://x.example/mcp",
            "own node ./s.js",
            "kept /opt/tool");
  }

  @Test
  void aModelfileNamesWhatItIsMadeFrom() throws Exception {
    Listing listing =
        read(
            "Modelfile",
            "FROM hf.co/acme/m-GGUF:Q4_K_M\nADAPTER ./a.gguf\nSYSTEM \"\"\"\nFROM x\n\"\"\"\n");
    assertThat(listing.packages())
        .extracting(Dependency::name)
        .containsExactly("acme/m-GGUF", "./a.gguf");
  }

  @Test
  void aThousandOpenBracketsOfAnAgentAreMalformed() {
    assertThatThrownBy(() -> read("mcp.json", "{\"mcpServers\":" + "[".repeat(1_000)))
        .isInstanceOf(FormatException.class);
  }

  private static List<String> names(Listing listing) {
    return listing.packages().stream()
        .map(one -> one.name() + " " + (one.version().isEmpty() ? one.wanted() : one.version()))
        .toList();
  }

  private static Listing read(String path, String text) throws Exception {
    Bytes bytes = Bytes.of(text.getBytes(StandardCharsets.UTF_8));
    return DependencyFiles.of(path, bytes).read(bytes, path);
  }
}
