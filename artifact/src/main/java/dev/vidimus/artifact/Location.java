package dev.vidimus.artifact;

/// Where something is: a file, a member inside it, and a byte offset inside that.
///
/// @param file path as the user or the snapshot names it, with `/`
/// @param member path inside the file, levels joined by `!/`; empty for the file itself
/// @param offset zero-based position in bytes in the (inflated) member, or -1 if no position is
/// meant
public record Location(String file, String member, long offset) {
  /// The file itself, no position meant.
  public static Location of(String file) {
    return new Location(file, "", -1);
  }

  /// The same file and member at another offset.
  public Location at(long position) {
    return new Location(file, member, position);
  }

  /// A member inside this place.
  public Location inside(String name) {
    return new Location(file, member.isEmpty() ? name : member + "!/" + name, -1);
  }

  /// File and member in one: `model.pt!/archive/data.pkl`.
  public String path() {
    return member.isEmpty() ? file : file + "!/" + member;
  }

  @Override
  public int hashCode() {
    return (file.hashCode() * 31 + member.hashCode()) * 31 + Long.hashCode(offset);
  }
}
