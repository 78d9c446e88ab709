package dev.vidimus.scan.cache;

import dev.vidimus.artifact.Snapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Knows a file again by device, inode, size, and the times of its last change of content and of
/// metadata. Nobody but the superuser can set the latter.
///
/// A file that changed in the last two seconds is scanned, whatever was kept, and nothing is kept
/// of it: clocks of file systems are coarse, so that it could change once more unnoticed.
public final class FileMemory implements Memory {
  private static final Duration RECENT = Duration.ofSeconds(2);
  private static final String ATTRIBUTES = "unix:dev,ino,size,lastModifiedTime,ctime";

  private final ResultStore store;
  private final String ruleSet;
  private final InstantSource clock;

  /// @param ruleSet names everything that decides about results besides the file
  public FileMemory(ResultStore store, String ruleSet, InstantSource clock) {
    this.store = store;
    this.ruleSet = ruleSet;
    this.clock = clock;
  }

  @Override
  public @Nullable Slot slot(Snapshot.Entry entry) {
    String state = state(entry.file(), entry.size());
    return state == null ? null : new FileSlot(entry, state);
  }

  /// What the operating system says of a file; null if it does not say enough, or something that
  /// forbids to rely on it.
  private @Nullable String state(Path file, long size) {
    try {
      Map<String, Object> all = Files.readAttributes(file, ATTRIBUTES, LinkOption.NOFOLLOW_LINKS);
      Instant limit = clock.instant().minus(RECENT);
      if (all.get("lastModifiedTime") instanceof FileTime modified
          && all.get("ctime") instanceof FileTime changed
          && all.get("size") instanceof Long length
          && length == size
          && modified.toInstant().isBefore(limit)
          && changed.toInstant().isBefore(limit)) {
        return String.join(
            " ",
            String.valueOf(all.get("dev")),
            String.valueOf(all.get("ino")),
            length.toString(),
            modified.toInstant().toString(),
            changed.toInstant().toString());
      }
      return null;
    } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
      return null; // a file system that knows no inodes
    }
  }

  private final class FileSlot implements Slot {
    private final Snapshot.Entry entry;
    private final String state;

    FileSlot(Snapshot.Entry entry, String state) {
      this.entry = entry;
      this.state = state;
    }

    private String key() {
      return "file\n" + ruleSet + "\n" + state + "\n" + entry.path();
    }

    @Override
    public byte @Nullable [] read() {
      return store.get(key());
    }

    @Override
    public void write(byte[] result) {
      if (state.equals(state(entry.file(), entry.size()))) { // not changed while it was scanned
        store.put(key(), result);
      }
    }
  }
}
