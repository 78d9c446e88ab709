package dev.vidimus.evidence.ledger.tlog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vidimus.artifact.Digest;
import dev.vidimus.evidence.ledger.note.Checkpoint;
import dev.vidimus.evidence.ledger.note.OpenedCheckpoint;
import dev.vidimus.evidence.ledger.note.VerifierKey;
import dev.vidimus.testkit.Fixtures;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// A log that Tessera wrote: 15 entries, and the checkpoint after each.
final class TesseraLogTest {
  private static final String KEY =
      "example.com/log/testdata+33d7b496+AeHTu4Q3hEIMHNqc6fASMsq3rKNx280NI+oO5xCFkkSx";

  private final Path log = Fixtures.folder("signing").resolve("tlog/tessera-log");
  private final TileSource files =
      path -> Files.exists(log.resolve(path)) ? Files.readAllBytes(log.resolve(path)) : null;

  private List<Checkpoint> checkpoints() throws Exception {
    VerifierKey key = VerifierKey.parse(KEY);
    List<Checkpoint> checkpoints = new ArrayList<>();
    for (int size = 0; size <= 15; size++) {
      byte[] note = Files.readAllBytes(log.resolve("checkpoint." + size));
      Checkpoint checkpoint = OpenedCheckpoint.open(note, "checkpoint", key).checkpoint();
      assertThat(checkpoint.size()).isEqualTo(size);
      checkpoints.add(checkpoint);
    }
    return checkpoints;
  }

  @Test
  void itsTilesGiveTheRootOfEveryCheckpoint() throws Exception {
    for (Checkpoint checkpoint : checkpoints()) {
      Proofs proofs = new Proofs(new TileHashes(files, checkpoint.size()));
      assertThat(proofs.root(checkpoint.size())).isEqualTo(checkpoint.root());
    }
  }

  @Test
  void itsEntriesHashToItsTiles() throws Exception {
    for (int size = 1; size <= 15; size++) {
      EntryBundle place = new EntryBundle(0, size);
      RightEdge edge = new RightEdge();
      for (byte[] entry : place.decode(Files.readAllBytes(log.resolve(place.path())))) {
        edge.add(Merkle.leaf(entry));
      }
      Tile tile = new Tile(0, 0, size);
      assertThat(edge.take().get(tile)).isEqualTo(files.get(tile.path()));
    }
  }

  @Test
  void everyCheckpointIsConsistentWithEveryLaterOne() throws Exception {
    List<Checkpoint> checkpoints = checkpoints();
    for (Checkpoint older : checkpoints.subList(1, 16)) {
      for (Checkpoint newer : checkpoints.subList((int) older.size(), 16)) {
        List<Digest> proof =
            new Proofs(new TileHashes(files, newer.size())).consistency(older.size(), newer.size());
        Consistency.require(older.size(), newer.size(), older.root(), newer.root(), proof);
      }
    }
  }
}
