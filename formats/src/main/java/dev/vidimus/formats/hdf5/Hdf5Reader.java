package dev.vidimus.formats.hdf5;

import dev.vidimus.artifact.Bytes;
import dev.vidimus.artifact.FormatException;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;

/// Walks a file from its root group. Objects wait in a queue and are visited once each, so that
/// neither a cycle of groups nor a deep tree costs more than its bytes.
public final class Hdf5Reader {
  private static final int MOST_OBJECTS = 1 << 20;
  private static final int LONGEST_PATH = 300;

  private final Hdf5File file;
  private final Hdf5Listener listener;
  private final Set<Long> seen = new HashSet<>();
  private final Deque<Place> waiting = new ArrayDeque<>();

  private Hdf5Reader(Hdf5File file, Hdf5Listener listener) {
    this.file = file;
    this.listener = listener;
  }

  private record Place(long address, String path) {}

  /// Reads a file that has a superblock.
  ///
  /// @param source its name in errors
  /// @throws FormatException if the superblock makes no sense; what is wrong with a single object
  ///     is told to the listener
  /// @throws IOException if the bytes cannot be read
  public static void read(Bytes bytes, String source, Hdf5Listener listener)
      throws IOException, FormatException {
    Hdf5File file = new Hdf5File(bytes, source);
    long root = Superblock.root(file, bytes);
    new Hdf5Reader(file, listener).walk(root);
  }

  private void walk(long root) throws IOException, FormatException {
    child(root, "");
    for (Place place = waiting.poll(); place != null; place = waiting.poll()) {
      String path = place.path().isEmpty() ? "/" : place.path();
      try {
        new ObjectReader(file, listener, path, this::child).read(place.address());
      } catch (FormatException e) {
        listener.broken(e);
      }
    }
  }

  /// Hears of an object that a group holds.
  private void child(long address, String path) throws FormatException {
    if (!seen.add(address)) {
      return;
    }
    if (seen.size() > MOST_OBJECTS) {
      throw new FormatException.LimitExceeded(
          file.cursor().where("group"),
          file.cursor().position(),
          "more than " + MOST_OBJECTS + " objects in one file");
    }
    String shown = path.length() > LONGEST_PATH ? path.substring(0, LONGEST_PATH) + "…" : path;
    waiting.add(new Place(address, shown));
  }
}
