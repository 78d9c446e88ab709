package dev.vidimus.registry.layout;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vidimus.artifact.Digest;
import dev.vidimus.registry.home.Home;
import dev.vidimus.registry.intake.Fetched;
import dev.vidimus.registry.intake.Refusal;
import dev.vidimus.registry.intake.Staging;
import dev.vidimus.registry.statement.Intake;
import dev.vidimus.testkit.Fixtures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LayoutSourceTest {
  private static final String MODEL_PATH = "org.cncf.model.filepath";
  private static final String TITLE = "org.opencontainers.image.title";
  private static final String MANIFEST = "application/vnd.oci.image.manifest.v1+json";

  @TempDir Path folder;
  private Path layout;

  @BeforeEach
  void begin() throws IOException {
    layout = Files.createDirectories(folder.resolve("layout"));
    Files.createDirectories(layout.resolve("blobs/sha256"));
    write("oci-layout", "{\"imageLayoutVersion\": \"1.0.0\"}");
  }

  private void write(String name, String text) throws IOException {
    Files.writeString(layout.resolve(name), text);
  }

  private String blob(String content) throws IOException {
    String hex = Digest.sha256(content.getBytes(UTF_8)).hex();
    write("blobs/sha256/" + hex, content);
    return hex;
  }

  private static String descriptor(String type, String hex, long size, String... annotations) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < annotations.length; i += 2) {
      text.append(i == 0 ? "" : ",").append('"').append(annotations[i]).append("\":\"");
      text.append(annotations[i + 1]).append('"');
    }
    return "{\"mediaType\":\"%s\",\"digest\":\"sha256:%s\",\"size\":%d,\"annotations\":{%s}}"
        .formatted(type, hex, size, text);
  }

  private String layer(String path, String content) throws IOException {
    return descriptor("x/raw", blob(content), content.length(), MODEL_PATH, path);
  }

  /// A manifest, whose digest is returned.
  private String manifest(String config, String... layers) throws IOException {
    return blob(
        "{\"schemaVersion\":2,\"mediaType\":\"%s\",\"config\":%s,\"layers\":[%s]}"
            .formatted(MANIFEST, config, String.join(",", layers)));
  }

  private String pointer(String manifest, String tag) throws IOException {
    long size = Files.size(layout.resolve("blobs/sha256").resolve(manifest));
    return descriptor(MANIFEST, manifest, size, "org.opencontainers.image.ref.name", tag);
  }

  private void index(String... pointers) throws IOException {
    write("index.json", "{\"schemaVersion\":2,\"manifests\":[" + String.join(",", pointers) + "]}");
  }

  private String config() throws IOException {
    return descriptor("x/config", blob("{\"a\":1}"), 7);
  }

  private record Taken(Fetched fetched, Map<String, String> files) {}

  private Taken take(String suffix) throws IOException {
    try (Staging staging = Staging.begin(new Home(folder.resolve("home")))) {
      Fetched fetched = LayoutSource.fetch(folder, "oci-layout:layout" + suffix, staging);
      Map<String, String> files = new TreeMap<>();
      try (Stream<Path> walk = Files.walk(fetched.root())) {
        for (Path file : walk.filter(Files::isRegularFile).toList()) {
          files.put(fetched.root().relativize(file).toString(), Files.readString(file));
        }
      }
      return new Taken(fetched, files);
    }
  }

  private void refused(String suffix, String... parts) throws IOException {
    assertThatThrownBy(() -> take(suffix))
        .isInstanceOf(Refusal.class)
        .hasMessageContainingAll(parts);
    try (Stream<Path> left = Files.walk(folder.resolve("home"))) {
      assertThat(left.filter(Files::isRegularFile)).isEmpty();
    }
  }

  @Test
  void layersAreFilesUnderTheirNamesAndTheConfigUnderOurs() throws IOException {
    String manifest =
        manifest(
            config(),
            layer("sub/model.safetensors", "weights"),
            descriptor("x/raw", blob("card"), 4, TITLE, "README.md"));
    index(pointer(manifest, "v1"));

    Taken taken = take("");

    assertThat(taken.files())
        .containsEntry("sub/model.safetensors", "weights")
        .containsEntry("README.md", "card")
        .containsEntry(LayoutSource.CONFIG, "{\"a\":1}")
        .hasSize(3);
    assertThat(taken.fetched().aliases()).containsEntry("oci-manifest", "sha256:" + manifest);
    Intake.Source source = taken.fetched().source();
    assertThat(source.kind()).isEqualTo("oci");
    assertThat(source.revision()).isEqualTo("sha256:" + manifest);
    assertThat(source.hashes())
        .contains(
            new Intake.Upstream(
                "README.md", "sha256", Digest.sha256("card".getBytes(UTF_8)).hex()));
    assertThat(taken.fetched().name()).isEqualTo("layout");
  }

  @Test
  void emptyConfigIsNoFile() throws IOException {
    String empty = descriptor("application/vnd.oci.empty.v1+json", blob("{}"), 2);
    index(pointer(manifest(empty, layer("a", "1")), "v1"));
    assertThat(take("").files()).containsOnlyKeys("a");
  }

  @Test
  void oneOfSeveralManifestsMustBeNamed() throws IOException {
    String first = manifest(config(), layer("a", "1"));
    String second = manifest(config(), layer("a", "2"));
    index(pointer(first, "v1"), pointer(second, "v2"));
    refused("", "has 2 manifests");
    refused("@v3", "does not name one manifest by v3");
    assertThat(take("@v2").files()).containsEntry("a", "2");
    assertThat(take("@sha256:" + first).files()).containsEntry("a", "1");
  }

  @Test
  void indexInTheIndexIsFollowed() throws IOException {
    String manifest = manifest(config(), layer("a", "1"));
    String inner = "{\"manifests\":[" + pointer(manifest, "x") + "]}";
    index(descriptor("application/vnd.oci.image.index.v1+json", blob(inner), inner.length()));
    assertThat(take("").fetched().aliases()).containsEntry("oci-manifest", "sha256:" + manifest);
  }

  @Test
  void otherBytesThanTheDigestAreRefused() throws IOException {
    String manifest = manifest(config(), layer("a", "1"));
    index(pointer(manifest, "v1"));
    write("blobs/sha256/" + Digest.sha256("1".getBytes(UTF_8)).hex(), "2");
    refused("", "a: the layout declares sha256:", "but the blob has sha256:");
  }

  @Test
  void otherSizeThanDeclaredIsRefused() throws IOException {
    String layer = descriptor("x", blob("123"), 4, TITLE, "a");
    index(pointer(manifest(config(), layer), "v1"));
    refused("", "declares 4 bytes, but there are 3");
  }

  @Test
  void sumOfSizesOverALongIsRefused() throws IOException {
    String[] layers = new String[12];
    for (int i = 0; i < layers.length; i++) {
      layers[i] = descriptor("x", blob("1"), 999_999_999_999_999_999L, TITLE, "a" + i);
    }
    index(pointer(manifest(config(), layers), "v1"));
    refused("", "declares more than 2^63 bytes");
  }

  @Test
  void changedManifestIsRefused() throws IOException {
    String manifest = manifest(config(), layer("a", "1"));
    index(pointer(manifest, "v1"));
    Path blob = layout.resolve("blobs/sha256").resolve(manifest);
    Files.writeString(blob, Files.readString(blob).replace("\"a\"", "\"b\""));
    refused("", "but the blob has sha256:");
  }

  @Test
  void layerWithoutANameIsRefusedAndNotLeftOut() throws IOException {
    String layer = descriptor("application/vnd.oci.image.layer.v1.tar+gzip", blob("x"), 1);
    index(pointer(manifest(config(), layer("a", "1"), layer), "v1"));
    refused("", "layer 1 (application/vnd.oci.image.layer.v1.tar+gzip) does not say which file");
  }

  @ParameterizedTest
  @ValueSource(strings = {"../up", "/etc/passwd", "a/../../b", "a//b", "C:/x", "a\\\\b", "."})
  void nameThatLeadsElsewhereIsRefused(String path) throws IOException {
    index(pointer(manifest(config(), layer(path, "1")), "v1"));
    refused("", "the name ");
  }

  @Test
  void nameThatComesTwiceIsRefused() throws IOException {
    index(pointer(manifest(config(), layer("a", "1"), layer("a", "2")), "v1"));
    refused("", "the name a comes twice");
  }

  @Test
  void twoNamesOfOneLayerAreRefused() throws IOException {
    String layer = descriptor("x", blob("1"), 1, TITLE, "a", MODEL_PATH, "b");
    index(pointer(manifest(config(), layer), "v1"));
    refused("", "is called a and b");
  }

  @Test
  void blobThatIsALinkIsNotFollowed() throws IOException {
    String manifest = manifest(config(), layer("a", "1"));
    index(pointer(manifest, "v1"));
    Path outside = Files.writeString(folder.resolve("outside"), "1");
    Path blob = layout.resolve("blobs/sha256").resolve(Digest.sha256("1".getBytes(UTF_8)).hex());
    Files.delete(blob);
    Files.createSymbolicLink(blob, outside);
    refused("", "links are not followed");
  }

  @Test
  void folderOfBlobsThatIsALinkIsNotFollowed() throws IOException {
    index(pointer(manifest(config(), layer("a", "1")), "v1"));
    Path moved = folder.resolve("moved");
    Files.move(layout.resolve("blobs"), moved);
    Files.createSymbolicLink(layout.resolve("blobs"), moved);
    refused("", "links are not followed");
  }

  @Test
  void folderThatIsNoLayoutIsRefused() throws IOException {
    Files.delete(layout.resolve("oci-layout"));
    refused("", "oci-layout: is no regular file of the layout");
  }

  @Test
  void brokenIndexIsRefused() throws IOException {
    write("index.json", "{\"manifests\": [");
    refused("", "index.json: ");
  }

  @Test
  void manifestsOfTheWorldAreNamedOrRefused() throws IOException {
    Path oci = Fixtures.folder("hub").resolve("oci");
    for (String name : new String[] {"ollama", "kitops", "modelcar"}) {
      String manifest = blob(Files.readString(oci.resolve(name + ".json")));
      index(pointer(manifest, "v1"));
      refused("", "does not say which file it is");
    }
    index(pointer(blob(Files.readString(oci.resolve("modelpack.json"))), "v1"));
    refused("", "is no regular file of the layout"); // the fixture has no blobs, the names are read
  }
}
