package dev.vidimus.server.hub;

import dev.vidimus.artifact.FormatException;
import dev.vidimus.evidence.CheckFailed;
import dev.vidimus.registry.Registry;
import dev.vidimus.registry.shelf.Shelf;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/// The shelves that were asked for last. A snapshot's files never change, so that nothing makes one
/// wrong.
final class Shelves {
  /// Files of all remembered shelves together, beside the last one.
  private static final int MOST_FILES = 500_000;

  private final Registry registry;
  private final Map<String, Shelf> known = new LinkedHashMap<>(16, 0.75f, true);
  private int files;

  Shelves(Registry registry) {
    this.registry = registry;
  }

  Shelf of(String snapshot) throws IOException, FormatException, CheckFailed {
    synchronized (known) {
      Shelf shelf = known.get(snapshot);
      if (shelf != null) {
        return shelf;
      }
    }
    Shelf shelf = registry.ask(sql -> Shelf.of(sql, registry.blobs(), snapshot));
    synchronized (known) {
      if (known.putIfAbsent(snapshot, shelf) == null) {
        files += shelf.files().size();
      }
      var oldest = known.entrySet().iterator();
      while (files > MOST_FILES && known.size() > 1) {
        files -= oldest.next().getValue().files().size();
        oldest.remove();
      }
    }
    return shelf;
  }
}
