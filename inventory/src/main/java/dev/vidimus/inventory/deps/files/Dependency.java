package dev.vidimus.inventory.deps.files;

import dev.vidimus.inventory.version.Ecosystem;
import java.util.List;

/// A package as a file names it.
///
/// @param ecosystem where it comes from
/// @param name as the file spells it
/// @param version exactly one; empty if the file leaves it open
/// @param wanted what the file asks for, such as `>=1.0,<2`; empty if it asks for nothing
/// @param origin from where
/// @param hashes of what is installed, `algorithm:digest`
/// @param requires names of packages that this one needs, if the file says so
/// @param marker under which condition it is installed; empty if always
/// @param line where it stands, from 1; 0 if that is not known
public record Dependency(
    Ecosystem ecosystem,
    String name,
    String version,
    String wanted,
    Origin origin,
    List<String> hashes,
    List<String> requires,
    String marker,
    int line) {
  public Dependency {
    name = Address.shown(name);
    wanted = Address.shown(wanted);
    hashes = List.copyOf(hashes);
    requires = List.copyOf(requires);
  }

  /// A package of an exact version, of which nothing else is known.
  public static Dependency of(Ecosystem ecosystem, String name, String version) {
    return new Dependency(ecosystem, name, version, "", Origin.USUAL, List.of(), List.of(), "", 0);
  }

  /// The name by which it is looked up.
  public String normalized() {
    return ecosystem.normalized(name);
  }

  /// The same package from elsewhere.
  public Dependency from(Origin other) {
    return new Dependency(ecosystem, name, version, wanted, other, hashes, requires, marker, line);
  }

  /// The same package with hashes.
  public Dependency hashed(List<String> others) {
    return new Dependency(ecosystem, name, version, wanted, origin, others, requires, marker, line);
  }

  /// The same package with what it needs.
  public Dependency needing(List<String> names) {
    return new Dependency(ecosystem, name, version, wanted, origin, hashes, names, marker, line);
  }

  /// The same package, asked for in other words.
  public Dependency wanting(String words) {
    return new Dependency(ecosystem, name, version, words, origin, hashes, requires, marker, line);
  }

  /// The same package under a condition.
  public Dependency when(String condition) {
    return new Dependency(
        ecosystem, name, version, wanted, origin, hashes, requires, condition, line);
  }

  /// The same package on a line.
  public Dependency at(int number) {
    return new Dependency(
        ecosystem, name, version, wanted, origin, hashes, requires, marker, number);
  }
}
