package dev.vidimus.server.pages;

import dev.vidimus.artifact.FormatException;
import dev.vidimus.registry.question.Bills;
import dev.vidimus.registry.question.Bills.Component;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The parts of the bills of materials that were looked at last. A bill may have thousands of them,
/// and one digest always means the same.
final class RecentParts {
  private static final int KEPT = 32;

  private final int most;
  private final Map<String, List<Component>> byDigest =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, List<Component>> eldest) {
          return size() > KEPT;
        }
      };

  /// @param most parts of each
  RecentParts(int most) {
    this.most = most;
  }

  /// The first parts of an artifact's bill; none if it has no bill.
  List<Component> of(Bills bills, String snapshot) throws IOException, FormatException {
    String digest = bills.digest(snapshot);
    if (digest == null) {
      return List.of();
    }
    synchronized (byDigest) {
      List<Component> known = byDigest.get(digest);
      if (known != null) {
        return known;
      }
    }
    List<Component> parts = bills.components(snapshot, most);
    synchronized (byDigest) {
      byDigest.put(digest, parts);
    }
    return parts;
  }
}
