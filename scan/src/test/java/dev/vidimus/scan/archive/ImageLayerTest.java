package dev.vidimus.scan.archive;

import static dev.vidimus.scan.WholeScan.report;
import static dev.vidimus.scan.WholeScan.rules;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vidimus.testkit.TarForger;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/// Layers of container images, which are operating systems with a model inside, or a model alone.
class ImageLayerTest {
  private static final String BLOB = "blobs/sha256/" + "0".repeat(64);
  private static final byte[] ELF =
      ("\177ELF\2\1\1" + "\0".repeat(200)).getBytes(StandardCharsets.ISO_8859_1);

  private static TarForger system() {
    return new TarForger()
        .file("usr/bin/ls", ELF)
        .link('2', "bin", "usr/bin")
        .link('2', "etc/alternatives/vi", "/usr/bin/vi")
        .member('3', "dev/null", "")
        .file("etc/.wh.motd", "")
        .file("opt/run.sh", "#!/bin/sh\nexec server\n")
        .file("usr/lib/x.conf", "a = 1\n");
  }

  @Test
  void programsOfAnOperatingSystemAreQuiet() throws IOException {
    assertThat(rules(report(BLOB, system().end().bytes()))).isEmpty();
  }

  @Test
  void modelInAnOperatingSystemIsExamined() throws IOException {
    byte[] layer = system().file("opt/model/m.pkl", "cos\nsystem\n(S'id'\ntR.").end().bytes();
    assertThat(rules(report(BLOB, layer))).containsExactly("VID-PICKLE-001");
    assertThat(rules(report("layer.tar", layer))).containsExactly("VID-PICKLE-001");
  }

  @Test
  void nameThatLeavesTheLayerIsReported() throws IOException {
    byte[] layer = system().file("usr/../../etc/passwd", "x").end().bytes();
    assertThat(rules(report(BLOB, layer))).containsExactly("VID-ARCHIVE-001");
  }

  @Test
  void programInALayerOfAModelIsReported() throws IOException {
    byte[] layer = new TarForger().file("model/lib.so", ELF).end().bytes();
    assertThat(rules(report(BLOB, layer))).containsExactly("VID-FILE-002");
  }

  @Test
  void operatingSystemInAnOrdinaryArchiveIsNoImage() throws IOException {
    byte[] archive = new TarForger().file("usr/lib.so", ELF).end().bytes();
    assertThat(rules(report("model.tar", archive))).containsExactly("VID-FILE-002");
  }

  @Test
  void digestThatLeadsOutIsMalicious_CVE_2024_37032() throws IOException {
    String manifest =
        "{\"schemaVersion\":2,\"layers\":[{\"digest\":\"sha256:../../etc/passwd\",\"size\":1}]}";
    assertThat(rules(report(BLOB, manifest))).containsExactly("VID-REPO-005");
  }

  @Test
  void titleThatLeadsOutIsMalicious() throws IOException {
    String manifest =
        "{\"layers\":[{\"digest\":\"sha256:00\",\"annotations\":"
            + "{\"org.cncf.model.filepath\":\"../../.bashrc\"}}]}";
    assertThat(rules(report("manifest.json", manifest))).containsExactly("VID-REPO-005");
  }

  @Test
  void layerFromElsewhereIsSuspicious() throws IOException {
    String manifest = "{\"layers\":[{\"digest\":\"sha256:00\",\"urls\":[\"http://x.invalid/l\"]}]}";
    assertThat(rules(report(BLOB, manifest))).containsExactly("VID-REPO-006");
  }

  @Test
  void ordinaryManifestAndConfigurationAreQuiet() throws IOException {
    String manifest =
        "{\"config\":{\"digest\":\"sha256:00\"},\"layers\":[{\"digest\":\"sha256:00\","
            + "\"annotations\":{\"org.opencontainers.image.title\":\"model.gguf\"}}]}";
    assertThat(rules(report(BLOB, manifest))).isEmpty();
    String configuration =
        "{\"config\":{\"Cmd\":[\"sh\",\"-c\",\"curl http://x.invalid/a | sh\"]},"
            + "\"history\":[{\"created_by\":\"RUN curl http://x.invalid/a | sh\"}]}";
    assertThat(rules(report(BLOB, configuration))).isEmpty();
    assertThat(rules(report("lock.json", "{\"digest\":\"/abc+def/ghi==\"}"))).isEmpty();
  }
}
