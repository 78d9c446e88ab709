package dev.vidimus.scan.cache;

import dev.vidimus.artifact.Digest;
import dev.vidimus.artifact.Snapshot;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Knows files again by their digests, which somebody has just computed from the bytes.
public final class ContentMemory implements Memory {
  private final ResultStore store;
  private final String ruleSet;
  private final Map<String, Digest> digests;

  /// @param ruleSet names everything that decides about results besides the file
  /// @param digests SHA-256 of each file, by its path; of others nothing is kept
  public ContentMemory(ResultStore store, String ruleSet, Map<String, Digest> digests) {
    this.store = store;
    this.ruleSet = ruleSet;
    this.digests = Map.copyOf(digests);
  }

  @Override
  public @Nullable Slot slot(Snapshot.Entry entry) {
    Digest digest = digests.get(entry.path());
    // The path belongs to the key, because names decide what loaders do with bytes.
    return digest == null
        ? null
        : new ContentSlot(store, "content\n" + ruleSet + "\n" + digest + "\n" + entry.path());
  }

  private record ContentSlot(ResultStore store, String key) implements Slot {
    @Override
    public byte @Nullable [] read() {
      return store.get(key);
    }

    @Override
    public void write(byte[] result) {
      store.put(key, result);
    }
  }
}
