package dev.vidimus.server.hub;

import dev.vidimus.server.http.Exchange;
import java.util.regex.Pattern;

/// A repository as a client names it.
///
/// @param type what it is
/// @param id `org/name`, or `name` as the oldest are called
public record RepositoryName(Type type, String id) {
  /// What a repository is.
  public enum Type {
    MODEL("", "models"),
    DATASET("datasets/", "datasets");

    private final String prefix;
    private final String word;

    Type(String prefix, String word) {
      this.prefix = prefix;
      this.word = word;
    }

    /// What stands before the name in paths and in the registry: `datasets/`, or nothing.
    public String prefix() {
      return prefix;
    }

    /// As the protocol's own paths call it: `models`.
    public String word() {
      return word;
    }
  }

  private static final Pattern ID =
      Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]{0,95}(/[A-Za-z0-9_][A-Za-z0-9._-]{0,95})?");

  /// The repository of a route's path.
  ///
  /// @throws HubRefusal if nothing can be called so
  public static RepositoryName of(Exchange exchange, Type type, boolean owned) throws HubRefusal {
    String name = exchange.segment("repository");
    return of(type, owned ? exchange.segment("owner") + "/" + name : name);
  }

  /// A repository by its id.
  ///
  /// @throws HubRefusal if nothing can be called so
  public static RepositoryName of(Type type, String id) throws HubRefusal {
    if (!ID.matcher(id).matches()) {
      throw HubRefusal.noRepository(id);
    }
    return new RepositoryName(type, id);
  }

  /// Its name in the registry.
  public String registryName() {
    return type.prefix() + id;
  }

  /// Where it lies in the API of the protocol.
  String api() {
    return "/api/" + type.word() + "/" + id;
  }
}
