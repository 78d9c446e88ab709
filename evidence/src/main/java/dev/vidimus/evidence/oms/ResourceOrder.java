package dev.vidimus.evidence.oms;

import dev.vidimus.artifact.PathOrder;
import java.util.Comparator;
import java.util.List;

/// In what order a manifest lists its resources; the root digest follows it.
enum ResourceOrder implements Comparator<Resource> {
  /// Section 6.3 of the specification: by the name, code point by code point.
  SPECIFICATION {
    @Override
    public int compare(Resource a, Resource b) {
      return PathOrder.compareAsUtf8(a.name(), b.name());
    }
  },
  /// The reference implementation's: by the path, component by component, then by the shard's
  /// numbers. `a/b` comes before `a-b`, and byte 64 before byte 128.
  REFERENCE {
    @Override
    public int compare(Resource a, Resource b) {
      int paths = compareComponents(a.path().split("/", -1), b.path().split("/", -1));
      return paths != 0 ? paths : Long.compare(a.start(), b.start());
    }
  };

  private static int compareComponents(String[] a, String[] b) {
    for (int i = 0; i < Math.min(a.length, b.length); i++) {
      int order = PathOrder.compareAsUtf8(a[i], b[i]);
      if (order != 0) {
        return order;
      }
    }
    return a.length - b.length;
  }

  /// Whether the resources come in this order.
  boolean holds(List<Resource> resources) {
    for (int i = 1; i < resources.size(); i++) {
      if (compare(resources.get(i - 1), resources.get(i)) > 0) {
        return false;
      }
    }
    return true;
  }
}
