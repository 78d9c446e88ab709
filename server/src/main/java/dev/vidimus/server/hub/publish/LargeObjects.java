package dev.vidimus.server.hub.publish;

import dev.vidimus.artifact.Digest;
import dev.vidimus.artifact.json.JsonValue;
import dev.vidimus.artifact.json.JsonValue.JsonArray;
import dev.vidimus.artifact.json.JsonValue.JsonNumber;
import dev.vidimus.artifact.json.JsonValue.JsonObject;
import dev.vidimus.artifact.json.JsonValue.JsonString;
import dev.vidimus.artifact.json.JsonWriter;
import dev.vidimus.server.http.Exchange;
import dev.vidimus.server.http.Problem;
import dev.vidimus.server.hub.HubSettings;
import dev.vidimus.server.hub.RepositoryName;
import java.io.IOException;
import java.util.List;
import java.util.Locale;

/// Large files by the batch API of Git LFS: first where they go, then they come.
final class LargeObjects {
  private static final String TYPE = "application/vnd.git-lfs+json";
  private static final int MOST = 1_000;

  private final HubSettings settings;
  private final Uploads uploads;
  private final Capability capability;

  LargeObjects(HubSettings settings, Uploads uploads, Capability capability) {
    this.settings = settings;
    this.uploads = uploads;
    this.capability = capability;
  }

  /// Says where objects go.
  void batch(Exchange exchange, RepositoryName repository) throws IOException, Problem {
    JsonObject body = exchange.json();
    if (!"upload".equals(body.string("operation"))) {
      throw Problem.forbidden("git is disabled; use hf download", "");
    }
    if (!(body.get("objects") instanceof JsonArray(List<JsonValue> objects))
        || objects.size() > MOST) {
      throw Problem.badRequest("objects is no list of at most " + MOST, "");
    }
    boolean multipart =
        body.get("transfers") instanceof JsonArray(List<JsonValue> transfers)
            && transfers.contains(new JsonString("multipart"));
    JsonWriter answers = new JsonWriter().array();
    boolean parts = false;
    for (JsonValue element : objects) {
      parts |= object(exchange, repository.registryName(), element, multipart, answers);
    }
    JsonWriter json = new JsonWriter().object();
    json.name("transfer").string(parts ? "multipart" : "basic").name("objects");
    json.written(answers.endArray()).endObject();
    exchange.header("Cache-Control", "no-store");
    exchange.send(200, TYPE, json.toString());
  }

  /// @return whether it comes in parts
  private boolean object(
      Exchange exchange, String repository, JsonValue element, boolean multipart, JsonWriter json)
      throws IOException, Problem {
    Digest oid;
    long size;
    try {
      JsonObject object = (JsonObject) element;
      oid = Digest.ofHex(String.valueOf(object.string("oid")));
      size = object.get("size") instanceof JsonNumber number ? Long.parseLong(number.text()) : -1;
    } catch (IllegalArgumentException | ClassCastException e) {
      throw Problem.badRequest("an object has no oid of 64 hex digits, or no size", "");
    }
    json.object().name("oid").string(oid.hex()).name("size").number(size);
    if (size < 0 || size > settings.largestUpload()) {
      json.name("error").object().name("code").number(422).name("message");
      json.string("a file has 0 to " + settings.largestUpload() + " bytes: split it");
      json.endObject().endObject();
      return false;
    }
    if (uploads.has(repository, oid, size)) {
      json.endObject(); // nothing is left to do
      return false;
    }
    boolean parts = multipart && size > settings.part();
    json.name("authenticated").bool(true).name("actions").object().name("upload").object();
    json.name("href");
    if (parts) {
      json.string(href(exchange, "complete", repository, oid, size, 0));
      json.name("header").object().name("chunk_size").string(Long.toString(settings.part()));
      for (int part = 1; part <= count(size); part++) {
        json.name(String.format(Locale.ROOT, "%05d", part));
        json.string(href(exchange, "part", repository, oid, size, part));
      }
      json.endObject();
    } else {
      json.string(href(exchange, "object", repository, oid, size, 0));
    }
    json.endObject().name("verify").object().name("href");
    json.string(href(exchange, "verify", repository, oid, size, 0));
    json.endObject().endObject().endObject();
    return parts;
  }

  private int count(long size) {
    return (int) Math.ceilDiv(size, settings.part());
  }

  private String href(
      Exchange exchange, String verb, String repository, Digest oid, long size, int part)
      throws Problem {
    return exchange.origin()
        + capability.path(new Capability.Grant(verb, repository, oid, size, part));
  }

  /// Takes an object.
  void take(Exchange exchange) throws IOException, Problem {
    Capability.Grant grant = capability.require("object", exchange);
    uploads.take(grant.repository(), grant.oid(), grant.size(), exchange.body());
    exchange.header("ETag", '"' + grant.oid().hex() + '"');
    exchange.send(200);
  }

  /// Takes a part of an object.
  void takePart(Exchange exchange) throws IOException, Problem {
    Capability.Grant grant = capability.require("part", exchange);
    long begin = (grant.part() - 1) * settings.part();
    long size = Math.min(settings.part(), grant.size() - begin);
    Digest digest =
        uploads.takePart(grant.repository(), grant.oid(), grant.part(), size, exchange.body());
    exchange.header("ETag", '"' + digest.hex() + '"');
    exchange.send(200);
  }

  /// Puts the parts together.
  void complete(Exchange exchange) throws IOException, Problem {
    Capability.Grant grant = capability.require("complete", exchange);
    exchange.body(Exchange.LONGEST_BODY); // which parts there are is known here
    uploads.join(grant.repository(), grant.oid(), grant.size(), count(grant.size()));
    exchange.json(200, new JsonWriter().object().endObject());
  }

  /// Says whether an object came; what it is was compared when it did.
  void verify(Exchange exchange) throws IOException, Problem {
    Capability.Grant grant = capability.require("verify", exchange);
    exchange.body(Exchange.LONGEST_BODY);
    if (!uploads.has(grant.repository(), grant.oid(), grant.size())) {
      throw Problem.notFound("the object " + grant.oid() + " did not come", "upload it");
    }
    exchange.json(200, new JsonWriter().object().name("success").bool(true).endObject());
  }
}
