package dev.vidimus.evidence.ledger;

import dev.vidimus.artifact.Digest;
import dev.vidimus.artifact.FormatException;
import dev.vidimus.evidence.CheckFailed;
import dev.vidimus.evidence.ledger.note.Checkpoint;
import dev.vidimus.evidence.ledger.note.OpenedCheckpoint;
import dev.vidimus.evidence.ledger.note.VerifierKey;
import dev.vidimus.evidence.ledger.tlog.EntryBundle;
import dev.vidimus.evidence.ledger.tlog.Merkle;
import dev.vidimus.evidence.ledger.tlog.RightEdge;
import dev.vidimus.evidence.ledger.tlog.Tile;
import dev.vidimus.evidence.ledger.tlog.TileSource;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Verifies a whole log: makes its tree again from the entries, and compares.
///
/// Where an entry and the tile over it disagree, the root decides who is wrong: if the entries give
/// the root that was signed, they are right, and the tile is bad.
public final class Audit {
  private final TileSource log;
  private final RightEdge edge = new RightEdge();
  private final Map<Long, Digest> roots = new HashMap<>();

  /// The first tile that is not what the entries give.
  private @Nullable CheckFailed badTile;

  /// The first narrower file that is no beginning of the widest.
  private @Nullable CheckFailed badPart;

  /// The entry whose hash that tile does not hold, if it was one of level 0.
  private long badEntry = -1;

  /// The first envelope that is missing or another.
  private @Nullable CheckFailed badEnvelope;

  private Audit(TileSource log) {
    this.log = log;
  }

  /// Walks over everything that the checkpoint covers, in memory that does not grow with the log.
  ///
  /// @param saved checkpoints of this log from before, kept elsewhere: it must have grown from them
  /// @return the checkpoint, all of whose entries, tiles and envelopes are as they were signed
  /// @throws CheckFailed naming the first bad tile, entry or envelope
  /// @throws FormatException if the checkpoint is none
  public static OpenedCheckpoint require(
      TileSource log, VerifierKey key, List<OpenedCheckpoint> saved)
      throws IOException, FormatException, CheckFailed {
    // 1. The log signed the checkpoint, and it is not shorter than it was.
    byte[] stored = log.get(Storage.CHECKPOINT);
    if (stored == null) {
      throw new CheckFailed(Storage.CHECKPOINT, "a checkpoint", "nothing");
    }
    OpenedCheckpoint opened = OpenedCheckpoint.open(stored, Storage.CHECKPOINT, key);
    Checkpoint checkpoint = opened.checkpoint();
    Audit audit = new Audit(log);
    for (OpenedCheckpoint old : saved) {
      if (old.checkpoint().size() > checkpoint.size()) {
        throw new CheckFailed(
            "saved checkpoint",
            "at least " + old.checkpoint().size() + " entries",
            String.valueOf(checkpoint.size()));
      }
      audit.roots.put(old.checkpoint().size(), Merkle.EMPTY);
    }
    // 2. Entries, tiles over them, envelopes.
    audit.walk(checkpoint.size());
    // 3. The entries give the root that was signed; if not, the first that a tile knows otherwise
    //    is bad, or else the checkpoint.
    audit.requireRoot(checkpoint);
    if (audit.badTile != null) {
      throw audit.badTile;
    }
    if (audit.badPart != null) {
      throw audit.badPart;
    }
    // 4. The log grew from what was saved.
    for (OpenedCheckpoint old : saved) {
      Digest root = audit.roots.getOrDefault(old.checkpoint().size(), Merkle.EMPTY);
      if (!old.checkpoint().root().equals(root)) {
        throw new CheckFailed(
            "saved checkpoint",
            "root " + old.checkpoint().root() + " at size " + old.checkpoint().size(),
            root.toString());
      }
    }
    // 5. Envelopes are there.
    if (audit.badEnvelope != null) {
      throw audit.badEnvelope;
    }
    return opened;
  }

  private void walk(long size) throws IOException, CheckFailed {
    for (long first = 0; first < size; first += Tile.WIDTH) {
      EntryBundle place = EntryBundle.holding(first, size);
      List<byte[]> entries = bundle(place);
      for (int i = 0; i < entries.size(); i++) {
        entry(first + i, entries.get(i), place);
      }
      for (Map.Entry<Tile, byte[]> tile : edge.take().entrySet()) {
        if (tile.getKey().width() == Tile.WIDTH || edge.size() == size) {
          compare(tile.getKey(), tile.getValue());
        }
      }
    }
  }

  private void entry(long index, byte[] bytes, EntryBundle place) throws IOException, CheckFailed {
    edge.add(Merkle.leaf(bytes));
    if (roots.containsKey(edge.size())) {
      roots.put(edge.size(), edge.root());
    }
    String name = "entry " + index + " in " + place.path();
    Entry entry = Envelopes.parse(bytes, name);
    if (badEnvelope == null) {
      try {
        Envelopes.require(log, entry, name);
      } catch (CheckFailed e) {
        badEnvelope = e; // the entry may be the bad one
      }
    }
  }

  private List<byte[]> bundle(EntryBundle place) throws IOException, CheckFailed {
    byte[] bundle = log.get(place.path());
    if (bundle == null && place.width() < Tile.WIDTH) {
      // The log went on while it was walked, and a partial file goes once the full one is there.
      return bundle(new EntryBundle(place.number(), Tile.WIDTH)).subList(0, place.width());
    }
    if (bundle == null) {
      throw new CheckFailed(place.path(), place.width() + " entries", "nothing");
    }
    for (int width = 1; width < place.width() && place.width() < Tile.WIDTH; width++) {
      comparePart(new EntryBundle(place.number(), width).path(), bundle);
    }
    try {
      return place.decode(bundle);
    } catch (FormatException e) {
      throw new CheckFailed(
          place.path(), place.width() + " entries", String.valueOf(e.getMessage()));
    }
  }

  private void compare(Tile tile, byte[] expected) throws IOException, CheckFailed {
    byte[] found = log.get(tile.path());
    if (found == null && tile.width() < Tile.WIDTH) {
      byte[] full = log.get(new Tile(tile.level(), tile.number(), Tile.WIDTH).path());
      found = full == null ? null : Arrays.copyOf(full, expected.length);
    }
    if (found == null) {
      throw new CheckFailed(tile.path(), tile.width() + " hashes", "nothing");
    }
    int at = Arrays.mismatch(expected, found);
    if (at >= 0 && badTile == null) {
      long hash = tile.number() * Tile.WIDTH + at / 32;
      badTile = new CheckFailed(tile.path(), "hash " + hash + " as its entries give it", "another");
      badEntry = tile.level() == 0 && at < expected.length ? hash : -1;
    }
    for (int width = 1; width < tile.width() && tile.width() < Tile.WIDTH; width++) {
      comparePart(new Tile(tile.level(), tile.number(), width).path(), expected);
    }
  }

  /// A narrower file of the last tile or bundle stays for readers of older checkpoints, and is a
  /// beginning of the widest.
  private void comparePart(String path, byte[] whole) throws IOException {
    byte[] part = log.get(path);
    if (part != null
        && badPart == null
        && (part.length >= whole.length
            || !Arrays.equals(part, 0, part.length, whole, 0, part.length))) {
      badPart = new CheckFailed(path, "a beginning of what followed it", "something else");
    }
  }

  private void requireRoot(Checkpoint checkpoint) throws CheckFailed {
    if (edge.root().equals(checkpoint.root())) {
      return;
    }
    if (badEntry >= 0) {
      throw new CheckFailed(
          "entry " + badEntry + " in " + EntryBundle.holding(badEntry, checkpoint.size()).path(),
          "the entry that was logged",
          "another");
    }
    throw new CheckFailed(
        Storage.CHECKPOINT, "root " + checkpoint.root(), edge.root() + " from all entries");
  }
}
