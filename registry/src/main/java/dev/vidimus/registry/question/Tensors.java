package dev.vidimus.registry.question;

import dev.vidimus.registry.store.Sql;
import java.io.IOException;
import java.util.List;

/// Which artifacts have a tensor.
public final class Tensors {
  private final Sql sql;

  public Tensors(Sql sql) {
    this.sql = sql;
  }

  /// A tensor, or a whole model, in an artifact.
  ///
  /// @param artifact that has it
  /// @param folder of the weights in it; empty at its top
  /// @param name of the tensor there; empty for a whole model
  /// @param dtype of its elements; of a model its container
  /// @param shape such as `[2, 3]`; of a model how many tensors it has
  /// @param bytes of it
  public record Found(
      Artifact artifact, String folder, String name, String dtype, String shape, long bytes) {}

  /// Some of them.
  ///
  /// @param next cursor of the next page; empty if this is the last
  public record Page(List<Found> found, String next) {
    public Page {
      found = List.copyOf(found);
    }
  }

  /// Everything that has a tensor with this digest, or whose tensor root it is.
  ///
  /// @param digest `sha256:` and 64 hex digits
  public List<Found> find(String digest) throws IOException {
    return find(digest, 0, Long.MAX_VALUE);
  }

  /// A page of them, in the order in which the artifacts came; what comes later follows.
  ///
  /// @param digest `sha256:` and 64 hex digits
  /// @param from cursor of the page: how many come before it
  /// @param limit of the page; at least 1
  public Page page(String digest, long from, int limit) throws IOException {
    List<Found> found = find(digest, from, limit + 1L);
    boolean more = found.size() > limit;
    return new Page(
        more ? found.subList(0, limit) : found, more ? Long.toString(from + limit) : "");
  }

  private List<Found> find(String digest, long from, long limit) throws IOException {
    return sql.all(
        "SELECT "
            + Artifact.COLUMNS
            + ", t.folder, t.name, t.dtype, t.shape, t.bytes, a.idx FROM tensor t"
            + " JOIN artifact a ON a.snapshot = t.snapshot WHERE t.digest = ?"
            + " UNION ALL SELECT "
            + Artifact.COLUMNS
            + ", m.folder, '', m.format, CAST(m.tensors AS TEXT), m.bytes, a.idx FROM model m"
            + " JOIN artifact a ON a.snapshot = m.snapshot WHERE m.root = ?"
            + " ORDER BY 18, 13, 14 LIMIT ? OFFSET ?",
        row ->
            new Found(
                Artifact.of(row),
                row.text(13),
                row.text(14),
                row.text(15),
                row.text(16),
                row.number(17)),
        digest,
        digest,
        limit,
        from);
  }
}
