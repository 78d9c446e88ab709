package dev.vidimus.server.api;

import dev.vidimus.artifact.FormatException;
import dev.vidimus.artifact.json.JsonWriter;
import dev.vidimus.evidence.CheckFailed;
import dev.vidimus.registry.Registry;
import dev.vidimus.registry.keep.Collection;
import dev.vidimus.registry.keep.Doctor;
import dev.vidimus.registry.keep.Usage;
import dev.vidimus.server.http.Exchange;
import dev.vidimus.server.http.Operation;
import dev.vidimus.server.http.Problem;
import dev.vidimus.server.http.Verb;
import dev.vidimus.server.identity.Permission;
import java.io.IOException;
import java.util.List;

/// The state of the house: room, health, what nobody needs any more.
final class KeepingResources {
  private final Registry registry;

  KeepingResources(Registry registry) {
    this.registry = registry;
  }

  void addTo(Api api) {
    api.read(
        "/storage",
        Permission.AUDIT,
        Operation.of("What takes how much room.", "Storage"),
        this::storage);
    api.read(
        "/health",
        Permission.AUDIT,
        Operation.of("What the doctor says: ledger, tables, blobs, keys.", "Checks"),
        this::health);
    api.write(
        Verb.POST,
        "/storage/collections",
        Permission.ADMIN,
        Operation.of("Deletes blobs that nothing names; never evidence.", "Collected")
            .takes("Collecting"),
        this::collect);
  }

  private Reply storage(Exchange exchange) throws IOException {
    Usage usage = Usage.of(registry.home());
    JsonWriter json = new JsonWriter().object().name("bytes").object();
    usage.parts().forEach((part, bytes) -> json.name(part).number(bytes));
    return Reply.ok(json.endObject().name("free").number(usage.free()).endObject());
  }

  private Reply health(Exchange exchange) throws IOException {
    List<Doctor.Check> checks = Doctor.examine(registry, false);
    JsonWriter json = new JsonWriter().object().name("well");
    json.bool(checks.stream().allMatch(Doctor.Check::ok)).name("checks").array();
    for (Doctor.Check check : checks) {
      json.object().name("name").string(check.name()).name("ok").bool(check.ok());
      json.name("detail").string(check.detail()).endObject();
    }
    return Reply.ok(json.endArray().endObject());
  }

  private Reply collect(Exchange exchange)
      throws IOException, FormatException, CheckFailed, Problem {
    Collection collection = Collection.of(registry, Body.of(exchange, "dryRun").flag("dryRun"));
    JsonWriter json = new JsonWriter().object().name("blobs").number(collection.blobs());
    json.name("bytes").number(collection.bytes());
    json.name("unfinished").number(collection.unfinished()).endObject();
    return Reply.ok(json);
  }
}
