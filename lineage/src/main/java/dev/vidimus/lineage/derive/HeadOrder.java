package dev.vidimus.lineage.derive;

/// Whether another order of the rows of an attention's matrices leaves its function as it is: whole
/// heads change places, queries with the keys that they share; inside of a head, what is multiplied
/// with one another keeps to one order, and where rotation gives each pair of values its frequency,
/// queries and keys keep theirs.
///
/// Orders say which unit of the source stands at each place.
final class HeadOrder {
  private final int queries;
  private final int keys;
  private final boolean rotates;

  /// @param rotates whether positions are rotations of pairs inside of a head
  HeadOrder(Heads heads, boolean rotates) {
    this.queries = heads.queries();
    this.keys = heads.keys();
    this.rotates = rotates;
  }

  /// Whether the numbers of heads are known and divide the matrices.
  boolean applies(int[] q, int[] k, int[] v, int[] o) {
    return queries > 0
        && keys > 0
        && queries % keys == 0
        && q.length % queries == 0
        && o.length % queries == 0
        && q.length / queries * keys == k.length
        && o.length / queries * keys == v.length
        && q.length > 0
        && o.length > 0;
  }

  /// Whether the function stays as it is.
  boolean keeps(int[] q, int[] k, int[] v, int[] o) {
    int size = q.length / queries;
    int depth = o.length / queries;
    int shared = queries / keys;
    for (int head = 0; head < queries; head++) {
      int group = head / shared;
      int sourceGroup = k[group * size] / size;
      int source = q[head * size] / size;
      if (source / shared != sourceGroup || !isAlike(q, head, k, group, size, rotates)) {
        return false;
      }
      boolean isMoved =
          o[head * depth] / depth == source && v[group * depth] / depth == sourceGroup;
      if (!isMoved || !isAlike(o, head, v, group, depth, false)) {
        return false;
      }
    }
    return true;
  }

  /// Whether two blocks come from one block each, and are in one order inside.
  private static boolean isAlike(
      int[] one, int head, int[] other, int group, int size, boolean isFixed) {
    int source = one[head * size] / size;
    int otherSource = other[group * size] / size;
    for (int i = 0; i < size; i++) {
      int inside = one[head * size + i] - source * size;
      int otherInside = other[group * size + i] - otherSource * size;
      boolean isInside = inside >= 0 && inside < size && inside == otherInside;
      if (!isInside || (isFixed && inside != i)) {
        return false;
      }
    }
    return true;
  }
}
