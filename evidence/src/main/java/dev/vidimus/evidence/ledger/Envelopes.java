package dev.vidimus.evidence.ledger;

import dev.vidimus.artifact.Digest;
import dev.vidimus.artifact.FormatException;
import dev.vidimus.evidence.CheckFailed;
import dev.vidimus.evidence.ledger.tlog.TileSource;
import java.io.IOException;

/// The envelopes that entries name.
final class Envelopes {
  private Envelopes() {}

  /// Requires that bytes are an entry and that its envelope is there, whole.
  ///
  /// @param name of the entry in errors
  /// @throws CheckFailed naming the entry or the envelope
  static Entry require(TileSource storage, byte[] bytes, String name)
      throws IOException, CheckFailed {
    Entry entry = parse(bytes, name);
    require(storage, entry, name);
    return entry;
  }

  /// Requires that bytes are an entry.
  static Entry parse(byte[] bytes, String name) throws CheckFailed {
    try {
      return Entry.parse(bytes, name);
    } catch (FormatException e) {
      throw new CheckFailed(name, "an entry", String.valueOf(e.getMessage()));
    }
  }

  /// Requires that an entry's envelope is there, whole.
  static void require(TileSource storage, Entry entry, String name)
      throws IOException, CheckFailed {
    String path = Entry.envelopePath(entry.envelope());
    byte[] envelope = storage.get(path);
    if (envelope == null) {
      throw new CheckFailed(name, "its envelope at " + path, "nothing");
    }
    if (envelope.length != entry.size() || !Digest.sha256(envelope).equals(entry.envelope())) {
      throw new CheckFailed(
          name,
          entry.size() + " bytes with digest " + entry.envelope() + " at " + path,
          envelope.length + " with " + Digest.sha256(envelope));
    }
  }
}
