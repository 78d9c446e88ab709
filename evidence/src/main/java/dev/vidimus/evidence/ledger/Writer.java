package dev.vidimus.evidence.ledger;

import dev.vidimus.evidence.ledger.note.Checkpoint;
import dev.vidimus.evidence.ledger.note.OpenedCheckpoint;
import dev.vidimus.evidence.ledger.tlog.EntryBundle;
import dev.vidimus.evidence.ledger.tlog.Merkle;
import dev.vidimus.evidence.ledger.tlog.RightEdge;
import dev.vidimus.evidence.ledger.tlog.Tile;
import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/// The end of a log where entries are added. Not thread-safe; after an exception what lies in
/// memory may be ahead of what lies in storage, and only [Recovery] makes a new one.
final class Writer {
  private final Storage storage;
  private final LedgerKeys keys;
  private final InstantSource clock;
  private final RightEdge edge;

  /// Entries of the last bundle, below 256.
  private final List<byte[]> bundle;

  private OpenedCheckpoint checkpoint;

  /// @param edge the tree under the checkpoint
  /// @param bundle the entries of its last bundle if that is partial, otherwise none
  Writer(
      Storage storage,
      LedgerKeys keys,
      InstantSource clock,
      RightEdge edge,
      List<byte[]> bundle,
      OpenedCheckpoint checkpoint) {
    this.storage = storage;
    this.keys = keys;
    this.clock = clock;
    this.edge = edge;
    this.bundle = new ArrayList<>(bundle);
    this.checkpoint = checkpoint;
  }

  /// The last checkpoint.
  OpenedCheckpoint checkpoint() {
    return checkpoint;
  }

  /// Entries, those beyond the checkpoint included.
  long size() {
    return edge.size();
  }

  /// Adds entries and returns when they are durable and under a signed checkpoint: envelopes first,
  /// then bundles, because entries are what tiles and checkpoint can be made from again, then
  /// tiles, then the checkpoint.
  ///
  /// @param envelopes by path, those of the entries that are not stored yet
  void commit(Map<String, byte[]> envelopes, List<byte[]> entries) throws IOException {
    SequencedMap<String, byte[]> files = new LinkedHashMap<>(envelopes);
    for (byte[] entry : entries) {
      add(entry, files);
    }
    if (!bundle.isEmpty()) {
      putBundle(files);
    }
    for (Map.Entry<Tile, byte[]> tile : edge.take().entrySet()) {
      files.put(tile.getKey().path(), tile.getValue());
    }
    OpenedCheckpoint next =
        keys.sign(new Checkpoint(keys.origin(), edge.size(), edge.root()), clock.instant());
    storage.commit(files, checkpoint.note().bytes(), next.note().bytes());
    checkpoint = next;
  }

  private void add(byte[] entry, Map<String, byte[]> files) {
    edge.add(Merkle.leaf(entry));
    bundle.add(entry);
    if (bundle.size() == Tile.WIDTH) {
      putBundle(files);
      bundle.clear();
    }
  }

  private void putBundle(Map<String, byte[]> files) {
    EntryBundle place = EntryBundle.holding(edge.size() - 1, edge.size());
    files.put(place.path(), EntryBundle.encode(bundle));
  }
}
