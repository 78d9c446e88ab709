package dev.vidimus.evidence.ledger.tlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vidimus.artifact.Digest;
import dev.vidimus.artifact.FormatException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class TileTest {
  @Test
  void numbersAreGroupsOfThreeDigits() {
    assertThat(new Tile(0, 1234067, 256).path()).isEqualTo("tile/0/x001/x234/067");
    assertThat(new Tile(3, 1000, 17).path()).isEqualTo("tile/3/x001/000.p/17");
    assertThat(new EntryBundle(0, 5).path()).isEqualTo("tile/entries/000.p/5");
    assertThat(new EntryBundle(999, 256).path()).isEqualTo("tile/entries/999");
  }

  @Test
  void seventyThousandEntriesHaveTheTilesOfTheSpecificationsExample() {
    assertThat(Tile.holding(0, 69_999, 70_000).path()).isEqualTo("tile/0/273.p/112");
    assertThat(Tile.holding(1, 0, 70_000).path()).isEqualTo("tile/1/000");
    assertThat(Tile.holding(1, 272, 70_000).path()).isEqualTo("tile/1/001.p/17");
    assertThat(Tile.holding(2, 0, 70_000).path()).isEqualTo("tile/2/000.p/1");
  }

  @Test
  void tilesOfAGrowingTreeGiveItsRootAndItsProofs() throws Exception {
    int bound = 1100; // four full tiles and a partial one
    ReferenceTree tree = new ReferenceTree(bound);
    Map<String, byte[]> files = new HashMap<>();
    RightEdge edge = new RightEdge();
    Random random = new Random(1);
    for (int size = 1; size <= bound; size++) {
      edge.add(tree.leaf(size - 1));
      if (random.nextInt(40) > 0 && size % 256 > 2) {
        continue;
      }
      edge.take().forEach((tile, bytes) -> files.put(tile.path(), bytes));
      Digest root = tree.root(0, size);
      assertThat(edge.root()).isEqualTo(root);
      Proofs proofs = new Proofs(new TileHashes(files::get, size));
      assertThat(proofs.root(size)).isEqualTo(root);
      int index = random.nextInt(size);
      Inclusion.require(tree.leaf(index), index, size, proofs.inclusion(index, size), root);
      RightEdge restored = RightEdge.of(new TileHashes(files::get, size), size);
      assertThat(restored.root()).isEqualTo(root);
      assertThat(restored.size()).isEqualTo(size);
    }
  }

  @Test
  void aFullTileStandsInForAPartialOne() throws Exception {
    ReferenceTree tree = new ReferenceTree(300);
    Map<String, byte[]> files = new HashMap<>();
    RightEdge edge = new RightEdge();
    for (int i = 0; i < 300; i++) {
      edge.add(tree.leaf(i));
    }
    edge.take().forEach((tile, bytes) -> files.put(tile.path(), bytes));
    assertThat(new Proofs(new TileHashes(files::get, 200)).root(200)).isEqualTo(tree.root(0, 200));
  }

  @Test
  void aMissingTileIsNamed() {
    assertThatThrownBy(() -> new TileHashes(path -> null, 5).hash(0, 3))
        .isInstanceOf(BrokenTile.class)
        .hasMessage("tile/0/000.p/5: expected a tile, found nothing");
  }

  @Test
  void aBundleHoldsItsEntriesAndNothingElse() throws Exception {
    byte[] one = "one".getBytes(StandardCharsets.UTF_8);
    byte[] bundle = EntryBundle.encode(List.of(one, new byte[0]));
    assertThat(bundle).asHexString().isEqualTo("00036F6E650000");
    EntryBundle place = new EntryBundle(0, 2);
    assertThat(place.decode(bundle)).containsExactly(one, new byte[0]);
    assertThatThrownBy(() -> new EntryBundle(0, 1).decode(bundle))
        .isInstanceOf(FormatException.Malformed.class)
        .hasMessageContaining("2 bytes follow the entries");
    assertThatThrownBy(() -> new EntryBundle(0, 3).decode(bundle))
        .isInstanceOf(FormatException.Malformed.class)
        .hasMessageContaining("entry length");
  }

  @Test
  void anEntryOfMoreThanSixteenBitsHasNoBundle() {
    List<byte[]> entries = Collections.nCopies(1, new byte[0x10000]);
    assertThatThrownBy(() -> EntryBundle.encode(entries))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
