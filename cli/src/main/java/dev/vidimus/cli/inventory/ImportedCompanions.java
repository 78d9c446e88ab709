package dev.vidimus.cli.inventory;

import dev.vidimus.artifact.json.JsonWriter;

/// What was imported beside the advisories.
///
/// @param statements of documents of VEX
/// @param scores of EPSS
/// @param exploited vulnerabilities that the catalogue names
record ImportedCompanions(int statements, int scores, int exploited) {
  boolean isEmpty() {
    return statements + scores + exploited == 0;
  }

  /// A line for people; empty if there is nothing to say.
  String text() {
    return isEmpty()
        ? ""
        : "kept "
            + statements
            + " statements, "
            + scores
            + " scores, "
            + exploited
            + " known exploited vulnerabilities\n";
  }

  JsonWriter json() {
    return new JsonWriter()
        .object()
        .name("statements")
        .number(statements)
        .name("scores")
        .number(scores)
        .name("exploited")
        .number(exploited)
        .endObject();
  }
}
