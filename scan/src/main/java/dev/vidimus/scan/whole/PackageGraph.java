package dev.vidimus.scan.whole;

import java.util.List;

/// What a repository is made of and what refers to what: pure data.
///
/// @param nodes files in the order of the snapshot, then what they lead to
/// @param edges in the order in which they were found
/// @param complete whether every reference has its edge
public record PackageGraph(List<Node> nodes, List<Edge> edges, boolean complete) {
  /// Of nothing.
  public static final PackageGraph EMPTY = new PackageGraph(List.of(), List.of(), true);

  public PackageGraph {
    nodes = List.copyOf(nodes);
    edges = List.copyOf(edges);
  }

  /// @param id the path of a file; `repository:`, `package:`, `address:` or `missing:` and a name
  ///     for what is no file of the repository
  /// @param role what it is for
  /// @param size in bytes; -1 if it is not here
  public record Node(String id, Role role, String format, long size) {
    /// Whether it is a file of the repository.
    public boolean isHere() {
      return size >= 0;
    }

    @Override
    public int hashCode() {
      return id.hashCode();
    }
  }

  /// @param by the member, call or convention that makes it
  public record Edge(String from, String to, Kind kind, String by) {
    /// What one does with the other.
    public enum Kind {
      /// Names it; nothing is read because of it.
      REFERS_TO("refers to"),
      /// Reads, builds or runs it.
      LOADS("loads"),
      /// Imports it as a module.
      IMPORTS("imports");

      private final String word;

      Kind(String word) {
        this.word = word;
      }

      /// As it is printed.
      public String word() {
        return word;
      }
    }

    @Override
    public int hashCode() {
      return (from.hashCode() * 31 + to.hashCode()) * 31 + by.hashCode();
    }
  }
}
