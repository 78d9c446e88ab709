package dev.vidimus.server.http;

import dev.vidimus.artifact.Bytes;
import dev.vidimus.artifact.FormatException;
import dev.vidimus.artifact.json.Json;
import dev.vidimus.artifact.json.JsonLimits;
import dev.vidimus.artifact.json.JsonValue.JsonObject;
import dev.vidimus.artifact.json.JsonWriter;
import dev.vidimus.server.identity.Caller;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// One request and its answer; used by one thread.
public final class Exchange {
  /// Longest body of a form or a JSON document, in bytes.
  public static final int LONGEST_BODY = 1 << 20;

  private static final JsonLimits JSON = new JsonLimits(LONGEST_BODY, 32, 1_000, LONGEST_BODY, 100);

  /// Names of headers in the library's form; ours are few, and asked for at every request.
  private static final Map<String, HeaderName> NAMES = new ConcurrentHashMap<>();

  private final ServerRequest request;
  private final ServerResponse response;
  private final Verb verb;
  private final String id;
  private final Origin origin;
  private Map<String, String> values = Map.of();
  private Caller caller = Caller.NOBODY;
  private @Nullable Parameters query;
  private @Nullable Parameters form;
  private @Nullable JsonObject json;
  private int status;
  private long sent;
  private String note = "";

  Exchange(ServerRequest request, ServerResponse response, Verb verb, String id, Origin origin) {
    this.request = request;
    this.response = response;
    this.verb = verb;
    this.id = id;
    this.origin = origin;
  }

  void route(Map<String, String> values, Caller caller) {
    this.values = values;
    this.caller = caller;
  }

  private static HeaderName name(String name) {
    HeaderName known = NAMES.get(name);
    if (known == null) {
      known = HeaderNames.create(name);
      NAMES.put(name, known);
    }
    return known;
  }

  // What was asked.

  /// By what it is asked.
  public Verb verb() {
    return verb;
  }

  /// Name of this request in logs and answers.
  public String id() {
    return id;
  }

  /// Who asks.
  public Caller caller() {
    return caller;
  }

  /// What the caller gave to open their own key: the header `Vidimus-Secret`, or the secret by
  /// which they came; null if neither.
  public @Nullable String secret() {
    String secret = header("Vidimus-Secret");
    if (secret != null) {
      return secret;
    }
    String authorization = header("Authorization");
    return authorization != null && authorization.startsWith("Bearer vs_")
        ? authorization.substring("Bearer ".length()).strip()
        : null;
  }

  /// A value of the path.
  public String segment(String name) {
    String value = values.get(name);
    if (value == null) {
      throw new IllegalArgumentException("no " + name + " in this path");
    }
    return value;
  }

  /// The path as it was sent, encoded.
  public String path() {
    return request.path().rawPath();
  }

  /// The query as it was sent, encoded; empty if there is none.
  public String rawQuery() {
    return request.query().rawValue();
  }

  /// The parameters of the query.
  public Parameters query() throws Problem {
    Parameters known = query;
    if (known == null) {
      known = Parameters.parse(rawQuery());
      query = known;
    }
    return known;
  }

  /// A header of the request, or null.
  public @Nullable String header(String name) {
    return request.headers().first(name(name)).orElse(null);
  }

  /// Scheme, host and port by which the caller knows this server, such as
  /// `https://models.example.com`: every address in an answer begins with it.
  public String origin() throws Problem {
    return origin.of(header("Host"), request.isSecure());
  }

  /// The same, if nobody in between could have said another: it was configured, or is this machine.
  ///
  /// @throws Problem if only the request says so
  public String knownOrigin() throws Problem {
    return origin.known(header("Host"), request.isSecure());
  }

  /// Who is at the other end of the connection.
  public String peer() {
    return request.remotePeer().host();
  }

  /// The body, unread. Its length is for the caller to limit.
  public InputStream body() {
    return hasBody() ? request.content().inputStream() : InputStream.nullInputStream();
  }

  /// Whether a body comes with the request, if only an empty one in pieces.
  public boolean hasBody() {
    return request.content().hasEntity();
  }

  /// The declared length of the body in bytes; -1 if none is declared.
  public long bodyLength() {
    return request.headers().contentLength().orElse(-1);
  }

  /// The whole body.
  ///
  /// @param limit in bytes
  /// @throws Problem if it is longer
  public byte[] body(int limit) throws IOException, Problem {
    if (bodyLength() > limit) {
      throw Problem.tooLarge("the body declares " + bodyLength() + " bytes, over " + limit);
    }
    byte[] body = body().readNBytes(limit + 1);
    if (body.length > limit) {
      throw Problem.tooLarge("the body has over " + limit + " bytes");
    }
    return body;
  }

  /// The body as a JSON object.
  public JsonObject json() throws IOException, Problem {
    JsonObject known = json;
    if (known != null) {
      return known;
    }
    byte[] body = body(LONGEST_BODY);
    try {
      if (Json.parse(Bytes.of(body), "body", JSON) instanceof JsonObject object) {
        json = object;
        return object;
      }
    } catch (FormatException e) {
      throw Problem.badRequest(String.valueOf(e.getMessage()), "send one JSON object");
    }
    throw Problem.badRequest("the body is no JSON object", "send one JSON object");
  }

  /// The body as a form of a page.
  public Parameters form() throws IOException, Problem {
    Parameters known = form;
    if (known == null) {
      String type = header("Content-Type");
      if (type == null || !type.startsWith("application/x-www-form-urlencoded")) {
        throw new Problem(415, "Unsupported media type", "the body is no form", "");
      }
      known = Parameters.parse(new String(body(LONGEST_BODY), StandardCharsets.UTF_8));
      form = known;
    }
    return known;
  }

  // What is answered.

  /// Adds a header to the answer.
  public Exchange header(String name, String value) {
    response.header(name(name), value);
    return this;
  }

  /// Says in the access log why the answer is what it is.
  public void note(String words) {
    note = words;
  }

  /// Answers with JSON.
  public void json(int status, JsonWriter json) throws IOException {
    send(status, "application/json; charset=utf-8", json.toString());
  }

  /// Answers with a text.
  public void send(int status, String type, String text) throws IOException {
    send(status, type, text.getBytes(StandardCharsets.UTF_8));
  }

  /// Answers with bytes; to HEAD with their length alone.
  public void send(int status, String type, byte[] body) throws IOException {
    begin(status);
    try {
      response.header(HeaderNames.CONTENT_TYPE, type);
      if (verb == Verb.HEAD) {
        response.header(HeaderNames.CONTENT_LENGTH, Long.toString(body.length));
        response.send();
      } else {
        sent = body.length;
        response.send(body);
      }
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  /// Answers without a body.
  public void send(int status) throws IOException {
    begin(status);
    try {
      response.send();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  /// Answers HEAD as if so many bytes followed.
  public void head(int status, String type, long length) throws IOException {
    begin(status);
    try {
      response.header(HeaderNames.CONTENT_TYPE, type);
      response.header(HeaderNames.CONTENT_LENGTH, Long.toString(length));
      response.send();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  /// Begins an answer whose bytes follow.
  ///
  /// @param length in bytes; -1 if it is not known
  public OutputStream stream(int status, String type, long length) {
    begin(status);
    response.header(HeaderNames.CONTENT_TYPE, type);
    if (length >= 0) {
      response.contentLength(length);
      sent = length;
    }
    return response.outputStream();
  }

  /// Leads the caller elsewhere on this server.
  ///
  /// @param path encoded
  public void redirect(int status, String path) throws IOException {
    header("Location", path);
    send(status);
  }

  private void begin(int status) {
    this.status = status;
    response.status(Status.create(status));
  }

  /// Whether an answer has begun, which nobody can take back.
  boolean hasBegun() {
    return status != 0;
  }

  int status() {
    return status;
  }

  long sent() {
    return sent;
  }

  String note() {
    return note;
  }
}
