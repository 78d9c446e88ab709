package dev.vidimus.evidence.ledger;

import dev.vidimus.artifact.Digest;
import dev.vidimus.artifact.FormatException;
import dev.vidimus.evidence.CheckFailed;
import dev.vidimus.evidence.ledger.note.Base64Text;
import dev.vidimus.evidence.ledger.note.Checkpoint;
import dev.vidimus.evidence.ledger.note.Note;
import dev.vidimus.evidence.ledger.note.OpenedCheckpoint;
import dev.vidimus.evidence.ledger.note.VerifierKey;
import dev.vidimus.evidence.ledger.tlog.EntryBundle;
import dev.vidimus.evidence.ledger.tlog.Inclusion;
import dev.vidimus.evidence.ledger.tlog.Merkle;
import dev.vidimus.evidence.ledger.tlog.Proofs;
import dev.vidimus.evidence.ledger.tlog.Tile;
import dev.vidimus.evidence.ledger.tlog.TileHashes;
import dev.vidimus.evidence.ledger.tlog.TileSource;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// Proves offline that an entry is in a log (c2sp.org/tlog-proof):
///
/// ```text
/// c2sp.org/tlog-proof@v1
/// extra eyJ2IjoxLCJ0eXBlIjoi...                    the entry, in base64
/// index 73894
/// gSKyXoYZUgZ6jduWYrkDOARinOMGJveXjgMkBTcdPlQ=     siblings from the leaf up
/// B95lDa8R83lS8n0eG+o0buTxRKQTYFi//1U8anccXmA=
///                                                  then the checkpoint, a signed note
/// example.com/log
/// 109482
/// sFodV/vSp5O8n9a8QpW6PRY97tfOSW5bsc2Xl/EQi08=
///
/// — example.com/log hI2DJw...
/// ```
///
/// The `extra` line is not signed. It is the entry only because its hash is the leaf.
///
/// @param extra base64 of the entry in our receipts; empty in those that have none
/// @param index of the entry
/// @param path siblings from the leaf up
/// @param note the checkpoint, not verified yet
public record Receipt(String extra, long index, List<Digest> path, Note note) {
  private static final String HEADER = "c2sp.org/tlog-proof@v1";
  private static final String SOURCE = "receipt";

  /// Copies the list.
  public Receipt {
    path = List.copyOf(path);
  }

  /// Makes a receipt from stored tiles, and verifies it.
  static Receipt of(TileSource storage, OpenedCheckpoint opened, long index)
      throws IOException, CheckFailed {
    Checkpoint checkpoint = opened.checkpoint();
    if (index < 0 || index >= checkpoint.size()) {
      throw new CheckFailed(
          SOURCE, "an index below the log's size " + checkpoint.size(), String.valueOf(index));
    }
    byte[] entry = bundle(storage, index, checkpoint.size()).get((int) (index % Tile.WIDTH));
    TileHashes hashes = new TileHashes(storage, checkpoint.size());
    List<Digest> path = new Proofs(hashes).inclusion(index, checkpoint.size());
    Inclusion.require(Merkle.leaf(entry), index, checkpoint.size(), path, checkpoint.root());
    return new Receipt(Base64Text.encode(entry), index, path, opened.note());
  }

  /// The entries of the bundle that holds an index, in the file of that size or the full one that
  /// took its place; none at or beyond `size`.
  static List<byte[]> bundle(TileSource storage, long index, long size)
      throws IOException, CheckFailed {
    EntryBundle place = EntryBundle.holding(index, size);
    int width = place.width();
    byte[] bundle = storage.get(place.path());
    if (bundle == null) {
      place = new EntryBundle(place.number(), Tile.WIDTH);
      bundle = storage.get(place.path());
    }
    if (bundle == null) {
      throw new CheckFailed(SOURCE, "entries at " + place.path(), "nothing");
    }
    try {
      return place.decode(bundle).subList(0, width);
    } catch (FormatException e) {
      throw new CheckFailed(SOURCE, "a bundle of entries", String.valueOf(e.getMessage()));
    }
  }

  /// Reads a receipt.
  ///
  /// @param source its name in errors
  /// @throws FormatException if it is not one; a note's limits bound it
  public static Receipt parse(byte[] bytes, String source) throws FormatException {
    if (bytes.length > Note.MOST_BYTES) {
      throw new FormatException.LimitExceeded(
          source + ": receipt", 0, bytes.length + " bytes, over the limit of " + Note.MOST_BYTES);
    }
    // Before the first empty line all is ASCII; a byte that is not fails in base64.
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    int gap = text.indexOf("\n\n");
    if (gap < 0) {
      throw new FormatException.Malformed(source + ": receipt", 0, "has no empty line");
    }
    List<String> lines = new ArrayList<>(List.of(text.substring(0, gap).split("\n", -1)));
    if (!lines.removeFirst().equals(HEADER)) {
      throw new FormatException.Malformed(source + ": header", 0, "is not " + HEADER);
    }
    String extra = "";
    if (!lines.isEmpty() && lines.getFirst().startsWith("extra ")) {
      extra = lines.removeFirst().substring(6);
      ProofLines.base64(extra, source, "extra");
    }
    if (lines.isEmpty() || !lines.getFirst().startsWith("index ")) {
      throw new FormatException.Malformed(source + ": index", 0, "is missing");
    }
    long index = Checkpoint.number(lines.removeFirst().substring(6), source, "index");
    List<Digest> path = ProofLines.hashes(lines, source);
    byte[] note = text.substring(gap + 2).getBytes(StandardCharsets.ISO_8859_1);
    return new Receipt(extra, index, path, Note.parse(note, source));
  }

  /// Requires that the entry that comes with the receipt is in the log.
  ///
  /// @param log the log's key
  /// @return the entry
  /// @throws CheckFailed naming what failed
  public Entry requireLogged(VerifierKey log) throws CheckFailed {
    byte[] entry = Base64Text.decode(extra);
    if (entry == null) {
      throw new CheckFailed(SOURCE, "the entry in base64", extra);
    }
    requireIncluded(entry, log);
    return Envelopes.parse(entry, "entry " + index);
  }

  /// Requires that these bytes are the entry, in the log: 1. the log signed the checkpoint, 2. the
  /// path leads from the entry to its root.
  ///
  /// @return the checkpoint, whose witnesses can be asked for
  /// @throws CheckFailed naming what failed
  public OpenedCheckpoint requireIncluded(byte[] entry, VerifierKey log) throws CheckFailed {
    OpenedCheckpoint opened;
    try {
      opened = OpenedCheckpoint.open(note, SOURCE, log);
    } catch (FormatException e) {
      throw new CheckFailed(SOURCE, "a checkpoint", String.valueOf(e.getMessage()));
    }
    Checkpoint checkpoint = opened.checkpoint();
    Inclusion.require(Merkle.leaf(entry), index, checkpoint.size(), path, checkpoint.root());
    return opened;
  }

  /// The receipt as it is stored, under a name that ends in `.tlog-proof`.
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(HEADER).append('\n');
    if (!extra.isEmpty()) {
      text.append("extra ").append(extra).append('\n');
    }
    text.append("index ").append(index).append('\n');
    path.forEach(hash -> text.append(Base64Text.encode(hash.bytes())).append('\n'));
    return text.append('\n').append(note).toString();
  }
}
