package dev.vidimus.server.api;

import dev.vidimus.artifact.FormatException;
import dev.vidimus.artifact.json.JsonWriter;
import dev.vidimus.evidence.CheckFailed;
import dev.vidimus.registry.Registry;
import dev.vidimus.registry.question.References;
import dev.vidimus.registry.shelf.Pull;
import dev.vidimus.registry.shelf.Pulls;
import dev.vidimus.server.http.Exchange;
import dev.vidimus.server.http.Operation;
import dev.vidimus.server.http.Parameters;
import dev.vidimus.server.http.Problem;
import dev.vidimus.server.identity.Permission;
import java.io.IOException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Who pulled what by the hub protocol, and who was refused.
final class PullResources {
  private static final Pattern CURSOR = Pattern.compile("[0-9T:.Z-]{1,40}");

  private final Registry registry;

  PullResources(Registry registry) {
    this.registry = registry;
  }

  void addTo(Api api) {
    api.read(
        "/pulls",
        Permission.READ,
        paged(Operation.of("Who pulled what, the newest first.", "Pulls"))
            .with("snapshot", "digest of what was pulled")
            .with("name", "of the repository")
            .with("token", "id of the token"),
        exchange -> {
          String snapshot = exchange.query().get("snapshot");
          return page(exchange, snapshot);
        });
    api.read(
        "/artifacts/{ref}/pulls",
        Permission.READ,
        paged(Operation.of("Who pulled an artifact, the newest first.", "Pulls")),
        exchange ->
            page(
                exchange,
                registry.ask(
                    sql -> new References(sql).resolve(exchange.segment("ref")).snapshot())));
  }

  private static Operation paged(Operation operation) {
    return operation.with("limit", "rows of a page").with("cursor", "next of the page before");
  }

  private Reply page(Exchange exchange, @Nullable String snapshot)
      throws IOException, FormatException, CheckFailed, Problem {
    Parameters query = exchange.query();
    String cursor = query.get("cursor");
    if (cursor != null && !CURSOR.matcher(cursor).matches()) {
      throw Problem.badRequest("no cursor of this list", "begin without one");
    }
    int limit = Paging.limit(query);
    Pulls.Wanted wanted = new Pulls.Wanted(snapshot, query.get("name"), query.get("token"), cursor);
    Pulls.Page page = registry.ask(sql -> new Pulls(sql).page(wanted, limit));
    JsonWriter json = new JsonWriter().object().name("pulls").array();
    for (Pull pull : page.pulls()) {
      json.object().name("time").string(pull.time().toString());
      json.name("token").string(pull.token()).name("person").string(pull.person());
      json.name("name").string(pull.name()).name("environment").string(pull.environment());
      json.name("snapshot").string(pull.snapshot()).name("revision").string(pull.revision());
      json.name("path").string(pull.path()).name("status").number(pull.status());
      json.name("reason").string(pull.reason()).name("bytes").number(pull.bytes());
      json.name("agent").string(pull.agent()).endObject();
    }
    return Reply.ok(json.endArray().name("next").string(page.next()).endObject());
  }
}
