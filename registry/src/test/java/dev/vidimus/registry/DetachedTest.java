package dev.vidimus.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vidimus.policy.Decision.Outcome;
import dev.vidimus.registry.intake.LocalSource;
import dev.vidimus.registry.intake.Refusal;
import dev.vidimus.registry.keep.Collection;
import dev.vidimus.registry.lifecycle.Actor;
import dev.vidimus.registry.question.Artifact;
import dev.vidimus.scan.Meter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Intake now, examination later, by whichever process.
class DetachedTest {
  @TempDir Path folder;
  private Firm firm;
  private Actor sam;
  private Path model;

  @BeforeEach
  void begin() throws Exception {
    firm = Firm.begin(folder);
    sam = firm.person("sam");
    model = Files.createDirectories(folder.resolve("source/model"));
    Files.writeString(model.resolve("config.json"), "{}");
    Files.createDirectories(model.resolve("sub"));
    Files.writeString(model.resolve("sub/notes.txt"), "notes");
  }

  private Artifact detach(Path source) throws Exception {
    return firm.registry()
        .quarantine(
            new Registry.Request(sam.id(), "model", "internal"),
            staging -> LocalSource.fetch(source, source.toString(), staging));
  }

  private Registry.Admitted examine(Registry registry) throws Exception {
    return registry.examine(sam.id(), "model", null, new Meter());
  }

  @Test
  void quarantinedIsShownAndPassesNothing() throws Exception {
    Artifact artifact = detach(model);
    assertThat(artifact.state()).isEqualTo("quarantined");
    assertThat(firm.waiting()).extracting(Artifact::label).containsExactly("model@1");
    assertThat(firm.registry().judge("model", null, "promote").decision().outcome())
        .isEqualTo(Outcome.UNKNOWN);
    assertThat(firm.gateOpens(artifact)).isFalse();
    assertThatThrownBy(() -> firm.approve(firm.person("ann"), artifact))
        .hasMessageContaining("found quarantined");
  }

  @Test
  void sourceMayVanishBeforeItIsExaminedByAnotherProcess() throws Exception {
    Artifact artifact = detach(model);
    Files.delete(model.resolve("sub/notes.txt"));
    Files.writeString(model.resolve("config.json"), "changed");
    Collection.of(firm.registry(), false); // what is in quarantine is no garbage
    Registry.Admitted examined = examine(firm.open(""));
    assertThat(examined.decision().decision().outcome()).isEqualTo(Outcome.AWAITING_APPROVAL);
    assertThat(examined.artifact().snapshot()).isEqualTo(artifact.snapshot());
    assertThat(examined.artifact().state()).isEqualTo("inspected");
    Records.requireWhole(firm);
    Records.requireRebuilt(firm);
  }

  @Test
  void singleFileIsExaminedAsTheFileThatItIs() throws Exception {
    Artifact artifact = detach(model.resolve("config.json"));
    assertThat(examine(firm.registry()).artifact().snapshot()).isEqualTo(artifact.snapshot());
  }

  @Test
  void examinedOnceMoreItsEvidenceIsFresh() throws Exception {
    detach(model);
    examine(firm.registry());
    firm.pass(Duration.ofDays(91));
    assertThat(firm.registry().judge("model", null, "promote").decision().expired()).isTrue();
    assertThat(examine(firm.registry()).decision().decision().expired()).isFalse();
  }

  @Test
  void blobThatIsGoneIsToldAndNothingIsRecorded() throws Exception {
    detach(model);
    long before = firm.verify();
    firm.registry().blobs().visit((digest, file) -> Files.delete(file));
    assertThatThrownBy(() -> examine(firm.registry()))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("the blob of config.json is gone");
    assertThat(firm.verify()).isEqualTo(before);
  }

  @Test
  void blobThatWasChangedIsToldAndNothingIsRecorded() throws Exception {
    detach(model);
    long before = firm.verify();
    firm.registry().blobs().visit((digest, file) -> Files.writeString(file, "other bytes"));
    assertThatThrownBy(() -> examine(firm.registry()))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("has other bytes by now");
    assertThat(firm.verify()).isEqualTo(before);
  }

  @Test
  void whatIsNotKeptIsNotDetached() throws Exception {
    Files.createDirectories(model.resolve(".git"));
    Files.writeString(model.resolve(".git/config"), "x");
    assertThatThrownBy(() -> detach(model))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("not kept, such as .git");
    assertThat(firm.waiting()).isEmpty();
  }
}
