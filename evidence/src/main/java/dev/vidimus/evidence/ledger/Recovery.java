package dev.vidimus.evidence.ledger;

import dev.vidimus.artifact.FormatException;
import dev.vidimus.evidence.CheckFailed;
import dev.vidimus.evidence.ledger.note.OpenedCheckpoint;
import dev.vidimus.evidence.ledger.tlog.BrokenTile;
import dev.vidimus.evidence.ledger.tlog.EntryBundle;
import dev.vidimus.evidence.ledger.tlog.Merkle;
import dev.vidimus.evidence.ledger.tlog.RightEdge;
import dev.vidimus.evidence.ledger.tlog.Tile;
import dev.vidimus.evidence.ledger.tlog.TileHashes;
import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Finds the end of a log, in the steps below. Reads O(log n) tiles and the last bundles, not the
/// whole log; [Audit] does that.
final class Recovery {
  private static final String STEP = "recovery";

  private final Storage storage;
  private final LedgerKeys keys;
  private final InstantSource clock;

  Recovery(Storage storage, LedgerKeys keys, InstantSource clock) {
    this.storage = storage;
    this.keys = keys;
    this.clock = clock;
  }

  /// @throws CheckFailed if storage contradicts the checkpoint; nothing was changed then
  /// @throws FormatException if the checkpoint is none
  Writer writer() throws IOException, FormatException, CheckFailed {
    // 1. The checkpoint is the log's.
    byte[] stored = storage.get(Storage.CHECKPOINT);
    if (stored == null) {
      throw new CheckFailed(STEP, "a checkpoint", "none: there is no ledger here");
    }
    OpenedCheckpoint checkpoint =
        OpenedCheckpoint.open(stored, Storage.CHECKPOINT, keys.log().verifier());
    long size = checkpoint.checkpoint().size();

    // 2. The tiles at the right edge give its root. Less than it says was removed by somebody, as
    //    it was signed after they were durable.
    RightEdge edge = edge(size);
    if (!edge.root().equals(checkpoint.checkpoint().root())) {
      throw new CheckFailed(
          STEP,
          "tiles at the right edge with root " + checkpoint.checkpoint().root(),
          edge.root().toString());
    }

    // 3. The last bundle holds the entries that the last tile hashes.
    List<byte[]> bundle = size % Tile.WIDTH == 0 ? List.of() : lastBundle(size);

    // 4. Entries beyond the checkpoint were durable but not acknowledged. They are taken in: the
    //    bundle's name is taken, so the log can only go on with them. The widest bundle has them
    //    all, and a full one may be followed by another.
    Writer writer = new Writer(storage, keys, clock, edge, bundle, checkpoint);
    List<byte[]> beyond = new ArrayList<>();
    List<byte[]> known = bundle;
    for (long number = size / Tile.WIDTH; ; number++) {
      List<byte[]> widest = widest(number, known);
      beyond.addAll(widest.subList(known.size(), widest.size()));
      known = List.of();
      if (widest.size() < Tile.WIDTH) {
        break;
      }
    }

    // 5. Their tiles and a checkpoint make them part of the log.
    if (!beyond.isEmpty()) {
      try {
        writer.commit(Map.of(), beyond);
      } catch (StorageConflict e) {
        throw new CheckFailed(
            STEP, "tiles as the entries give them", String.valueOf(e.getMessage()));
      }
    }
    return writer;
  }

  private RightEdge edge(long size) throws IOException, CheckFailed {
    try {
      return RightEdge.of(new TileHashes(storage, size), size);
    } catch (BrokenTile e) {
      throw new CheckFailed(STEP, "a tile at " + e.path(), e.found());
    }
  }

  private List<byte[]> lastBundle(long size) throws IOException, CheckFailed {
    EntryBundle place = EntryBundle.holding(size - 1, size);
    List<byte[]> entries = read(place);
    if (entries == null) {
      // A crash between a full bundle's checkpoint and the next leaves no partial one behind.
      throw new CheckFailed(STEP, "entries at " + place.path(), "nothing");
    }
    TileHashes hashes = new TileHashes(storage, size);
    long first = place.number() * Tile.WIDTH;
    for (int i = 0; i < entries.size(); i++) {
      if (!Merkle.leaf(entries.get(i)).equals(hashes.hash(0, first + i))) {
        throw new CheckFailed(
            STEP, "entry " + (first + i) + " as it was logged", "another in " + place.path());
      }
    }
    return entries;
  }

  /// The entries of the widest bundle of this number, or those known if none is wider.
  ///
  /// @param known the bundle's entries under the checkpoint
  private List<byte[]> widest(long number, List<byte[]> known) throws IOException, CheckFailed {
    for (int width = Tile.WIDTH; width > known.size(); width--) {
      EntryBundle place = new EntryBundle(number, width);
      List<byte[]> entries = read(place);
      if (entries != null) {
        requireContinues(known, entries, place);
        return entries;
      }
    }
    return known;
  }

  private void requireContinues(List<byte[]> known, List<byte[]> entries, EntryBundle place)
      throws IOException, CheckFailed {
    for (int i = 0; i < entries.size(); i++) {
      String name = place.path() + " entry " + i;
      if (i < known.size()) {
        if (!Merkle.leaf(entries.get(i)).equals(Merkle.leaf(known.get(i)))) {
          throw new CheckFailed(STEP, name + " as it was logged", "another");
        }
      } else {
        Envelopes.require(storage, entries.get(i), name);
      }
    }
  }

  private @Nullable List<byte[]> read(EntryBundle place) throws IOException, CheckFailed {
    byte[] bundle = storage.get(place.path());
    try {
      return bundle == null ? null : place.decode(bundle);
    } catch (FormatException e) {
      throw new CheckFailed(
          STEP, "a bundle of " + place.width() + " entries", String.valueOf(e.getMessage()));
    }
  }
}
