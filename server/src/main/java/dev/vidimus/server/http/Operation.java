package dev.vidimus.server.http;

import java.util.ArrayList;
import java.util.List;

/// What the documentation says of a route.
///
/// @param summary in one sentence
/// @param query parameters
/// @param request name of the schema of the body; empty if it takes none
/// @param answer name of the schema of the answer; empty if it is not JSON
public record Operation(String summary, List<Query> query, String request, String answer) {
  public Operation {
    query = List.copyOf(query);
  }

  /// One parameter of the query.
  ///
  /// @param name as it is written
  /// @param description what it does
  /// @param required whether it has to be given
  public record Query(String name, String description, boolean required) {}

  /// An operation without parameters.
  public static Operation of(String summary, String answer) {
    return new Operation(summary, List.of(), "", answer);
  }

  /// The same with a body.
  public Operation takes(String schema) {
    return new Operation(summary, query, schema, answer);
  }

  /// The same with one more optional parameter.
  public Operation with(String name, String description) {
    return plus(new Query(name, description, false));
  }

  /// The same with one more parameter that has to be given.
  public Operation needs(String name, String description) {
    return plus(new Query(name, description, true));
  }

  private Operation plus(Query one) {
    List<Query> all = new ArrayList<>(query);
    all.add(one);
    return new Operation(summary, all, request, answer);
  }
}
