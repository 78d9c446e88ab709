package dev.vidimus.registry.examine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vidimus.artifact.Snapshot;
import dev.vidimus.artifact.Verdict;
import dev.vidimus.artifact.digest.Identity;
import dev.vidimus.artifact.json.Json;
import dev.vidimus.scan.Meter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScanningTest {
  @TempDir Path folder;

  @Test
  void whatTheFilesAreTogetherBecomesFacts() throws IOException {
    write(
        "config.json", "{\"auto_map\": {\"AutoModel\": \"net.Net\", \"AutoConfig\": \"gone.C\"}}");
    write("net.py", "import transformers as t\nm = t.AutoModel.from_pretrained('a/b')\n");
    write("README.md", "---\nlicense: mit\nlibrary_name: transformers\n---\n");
    Found found = examine();
    assertThat(found.verdict()).isEqualTo(Verdict.SUSPICIOUS);
    assertThat(Json.text(found.facts()))
        .contains("\"formats\":[\"json\",\"python\",\"text\"]")
        .contains("\"code\":[\"net.py\"]")
        .contains("\"elsewhere\":[\"net.py: net.py, which loaders run, gets a/b")
        .contains("\"surprises\":[]")
        .contains("\"licences\":[\"mit\"]")
        .contains("\"card\":[\"library_name: transformers\"]")
        .contains("\"missing\":1");
  }

  @Test
  void resultsAreKeptByContentAndPath() throws IOException {
    write("config.json", "{}");
    Found first = examine();
    Path results = folder.resolve("results");
    assertThat(results).isDirectory();
    assertThat(examine()).isEqualTo(first);
    write("config.json", "{\"auto_map\": {\"AutoModel\": \"a/b--net.Net\"}}");
    assertThat(examine().verdict()).isEqualTo(Verdict.SUSPICIOUS);
  }

  private Found examine() throws IOException {
    Path model = folder.resolve("model");
    Snapshot snapshot = Snapshot.of(model);
    Scanning scanning = new Scanning(folder.resolve("spool"), folder.resolve("results"), 1, "1");
    return scanning.examine(
        new Quarantined(model, snapshot, Identity.of(snapshot), "model", List.of()), new Meter());
  }

  private void write(String path, String text) throws IOException {
    Path file = folder.resolve("model").resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }
}
