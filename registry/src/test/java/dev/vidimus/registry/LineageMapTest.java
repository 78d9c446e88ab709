package dev.vidimus.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vidimus.lineage.graph.Direction;
import dev.vidimus.registry.intake.LocalSource;
import dev.vidimus.registry.lifecycle.Actor;
import dev.vidimus.registry.question.LineageMap;
import dev.vidimus.registry.question.LineageNode;
import dev.vidimus.registry.question.LineageTree;
import dev.vidimus.scan.Meter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The map that is kept, over which changes are laid, is the one that would be read anew.
class LineageMapTest {
  private static final List<String> NAMES = List.of("acme/a", "acme/b", "acme/c");
  private static final List<String> CARDS =
      List.of(
          "",
          "license: mit",
          "base_model: acme/a",
          "base_model: acme/b\ndatasets: [acme/corpus]",
          "base_model: acme/absent",
          "base_model: acme/c\nbase_model_relation: adapter");

  @TempDir Path folder;
  private Firm firm;
  private Actor sam;

  @BeforeEach
  void begin() throws Exception {
    firm = Firm.begin(folder);
    sam = firm.person("sam");
  }

  @Test
  void whatIsNamedBeforeItComesGivesWayToItself() throws Exception {
    admit("acme/b", Weights.f32(Weights.noise(1)), "base_model: acme/a");
    requireSame();
    assertThat(firm.registry().lineage().id("model:acme/a")).isNotNull();
    admit("acme/a", Weights.f32(Weights.noise(2)), "");
    requireSame();
    assertThat(firm.registry().lineage().id("model:acme/a")).isNull();
  }

  @Test
  void workloadIsThereWhileItRuns() throws Exception {
    admit("acme/a", Weights.f32(Weights.noise(1)), "");
    requireSame();
    for (int i = 0; i < 2; i++) {
      firm.registry().deploy(sam.id(), "acme/a", "sandbox", "chat", null);
      requireSame();
      assertThat(firm.registry().lineage().id("deployment:sandbox/chat")).isNotNull();
      firm.registry().retire(sam.id(), "sandbox", "chat");
      requireSame();
      assertThat(firm.registry().lineage().id("deployment:sandbox/chat")).isNull();
    }
  }

  @Test
  void anythingThatHappensIsAsIfItWereReadAnew() throws Exception {
    Random random = new Random(1);
    List<String> admitted = new ArrayList<>();
    requireSame();
    for (int i = 0; i < 14; i++) {
      if (admitted.isEmpty() || random.nextInt(3) > 0) {
        String name = NAMES.get(random.nextInt(NAMES.size()));
        float[] values = Weights.noise(random.nextInt(2));
        byte[] weights = random.nextBoolean() ? Weights.f32(values) : Weights.bf16(values);
        admit(name, weights, CARDS.get(random.nextInt(CARDS.size())));
        admitted.add(name);
      } else {
        String name = admitted.get(random.nextInt(admitted.size()));
        firm.registry().deploy(sam.id(), name, "sandbox", "w" + random.nextInt(2), null);
      }
      if (random.nextInt(3) > 0) { // several entries may have come since it was asked last
        requireSame();
      }
    }
    requireSame();
  }

  private void admit(String name, byte[] weights, String card) throws Exception {
    Path model = Weights.folder(firm, name, weights, card);
    firm.registry()
        .admit(
            new Registry.Request(sam.id(), name, "sandbox"),
            staging -> LocalSource.fetch(model, model.toString(), staging),
            new Meter());
  }

  private void requireSame() throws Exception {
    LineageMap kept = firm.registry().lineage();
    LineageMap anew = firm.registry().ask(LineageMap::read);
    assertThat(lines(kept)).isEqualTo(lines(anew));
    assertThat(kept.edges()).isEqualTo(anew.edges());
  }

  /// Everything that a map says, in an order of its own.
  private static TreeSet<String> lines(LineageMap map) {
    TreeSet<String> lines = new TreeSet<>();
    for (int i = 0; i < map.size(); i++) {
      LineageNode node = map.node(i);
      Integer id = map.id(node.key());
      if (id == null) {
        continue; // nothing leads to it any more
      }
      assertThat(id).isEqualTo(i);
      lines.add(node.toString());
      for (Direction direction : Direction.values()) {
        for (LineageTree.Hit hit : map.tree(node.key(), direction).hits(Integer.MAX_VALUE)) {
          String edge = hit.distance() == 1 ? " " + hit.kind() + " " + hit.status() : "";
          lines.add(node.key() + " " + direction + " " + hit.node() + " " + hit.distance() + edge);
        }
      }
    }
    return lines;
  }
}
