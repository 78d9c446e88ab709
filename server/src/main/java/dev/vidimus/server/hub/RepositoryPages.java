package dev.vidimus.server.hub;

import dev.vidimus.artifact.FormatException;
import dev.vidimus.artifact.json.JsonValue;
import dev.vidimus.artifact.json.JsonValue.JsonArray;
import dev.vidimus.artifact.json.JsonValue.JsonBoolean;
import dev.vidimus.artifact.json.JsonValue.JsonObject;
import dev.vidimus.artifact.json.JsonValue.JsonString;
import dev.vidimus.artifact.json.JsonWriter;
import dev.vidimus.evidence.CheckFailed;
import dev.vidimus.registry.shelf.GitNames;
import dev.vidimus.registry.shelf.Shelf;
import dev.vidimus.registry.shelf.ShelfFile;
import dev.vidimus.server.http.Exchange;
import dev.vidimus.server.http.Parameters;
import dev.vidimus.server.http.PercentCode;
import dev.vidimus.server.http.Problem;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// What a repository is and has. All of it follows from one snapshot.
final class RepositoryPages {
  /// Entries of a page of a tree. Some clients read the first page only, so it is a long one.
  static final int PAGE = 1_000;

  private static final int MOST_PATHS = 1_000;
  private static final DateTimeFormatter MILLIS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);
  private static final int ID_LENGTH = 24;

  private final Asked asked;

  RepositoryPages(Asked asked) {
    this.asked = asked;
  }

  /// What it is.
  ///
  /// @param revision as it was asked for
  void info(Exchange exchange, RepositoryName repository, String revision)
      throws IOException, FormatException, CheckFailed, Problem {
    Outcome.Open open = asked.open(exchange, repository, revision, "");
    boolean blobs = isTrue(exchange.query().text("blobs"));
    JsonWriter json = new JsonWriter().object();
    members(json, repository, open);
    json.name("siblings").array();
    for (ShelfFile file : open.shelf().files()) {
      json.object().name("rfilename").string(file.path());
      if (blobs) {
        json.name("size").number(file.size()).name("blobId").string(file.gitName());
        if (file.isLarge()) {
          json.name("lfs").object().name("sha256").string(file.digest().hex());
          json.name("size").number(file.size()).name("pointerSize").number(pointerSize(file));
          json.endObject();
        }
      }
      json.endObject();
    }
    json.endArray().name("usedStorage").number(open.shelf().bytes()).endObject();
    exchange.header("X-Repo-Commit", open.commit());
    json(exchange, json);
  }

  static void members(JsonWriter json, RepositoryName repository, Outcome.Open open)
      throws IOException {
    String id = repository.id();
    int slash = id.indexOf('/');
    String time = time(open);
    json.name("_id").string(open.commit().substring(0, ID_LENGTH)).name("id").string(id);
    if (repository.type() == RepositoryName.Type.MODEL) {
      json.name("modelId").string(id);
    }
    json.name("sha").string(open.commit());
    json.name("author").string(slash < 0 ? id : id.substring(0, slash));
    json.name("private").bool(false).name("gated").bool(false).name("disabled").bool(false);
    json.name("downloads").number(0).name("likes").number(0).name("tags").array();
    tags(open.shelf()).forEach(json::string);
    json.endArray().name("lastModified").string(time).name("createdAt").string(time);
    json.name("cardData").value(open.shelf().cardData());
  }

  private static Set<String> tags(Shelf shelf) {
    Set<String> tags = new TreeSet<>();
    for (ShelfFile file : shelf.files()) {
      for (String format : List.of("gguf", "onnx", "safetensors")) {
        if (file.path().endsWith("." + format)) {
          tags.add(format);
        }
      }
    }
    return tags;
  }

  private static String time(Outcome.Open open) {
    return MILLIS.format(Instant.parse(open.artifact().time()));
  }

  /// Its branches.
  void refs(Exchange exchange, RepositoryName repository)
      throws IOException, FormatException, CheckFailed, Problem {
    Outcome.Open open = asked.open(exchange, repository, "main", "");
    JsonWriter json = new JsonWriter().object().name("tags").array().endArray();
    json.name("branches").array().object().name("name").string("main");
    json.name("ref").string("refs/heads/main").name("targetCommit").string(open.commit());
    json.endObject().endArray().name("converts").array().endArray().endObject();
    exchange.header("X-Repo-Commit", open.commit());
    json(exchange, json);
  }

  /// Its history, which is one snapshot.
  void commits(Exchange exchange, RepositoryName repository)
      throws IOException, FormatException, CheckFailed, Problem {
    Outcome.Open open = asked.open(exchange, repository, "");
    JsonWriter json = new JsonWriter().array().object().name("id").string(open.commit());
    json.name("title").string(title(open)).name("message").string("").name("authors").array();
    json.object().name("user").string(open.artifact().submitter()).endObject().endArray();
    json.name("date").string(time(open)).endObject().endArray();
    exchange.header("X-Repo-Commit", open.commit()).header("X-Total-Count", "1");
    json(exchange, json);
  }

  private static String title(Outcome.Open open) {
    return open.artifact().label();
  }

  /// Its files, or those of a folder, page by page.
  ///
  /// @param folder empty for the top
  void tree(Exchange exchange, RepositoryName repository, String folder)
      throws IOException, FormatException, CheckFailed, Problem {
    Outcome.Open open = asked.open(exchange, repository, "");
    exchange.header("X-Repo-Commit", open.commit());
    Parameters query = exchange.query();
    boolean recursive = isTrue(query.text("recursive"));
    boolean expand = isTrue(query.text("expand"));
    List<JsonWriter> entries = recursive ? List.of() : folders(open, folder, expand);
    List<ShelfFile> files = files(open.shelf(), folder, recursive);
    int folders = entries.size();
    int all = folders + files.size();
    if (all == 0 && !folder.isEmpty()) {
      throw noFolder(repository, exchange.segment("revision"), folder, open);
    }
    int from = cursor(query.text("cursor"), all);
    JsonWriter json = new JsonWriter().array();
    int end = Math.min(all, from + PAGE);
    for (int i = from; i < end; i++) {
      if (i < folders) {
        json.written(entries.get(i));
      } else {
        json.written(item(files.get(i - folders), open, expand));
      }
    }
    if (end < all) {
      exchange.header("Link", next(exchange, repository, folder, open, recursive, expand, end));
    }
    json(exchange, json.endArray());
  }

  private static String next(
      Exchange exchange,
      RepositoryName repository,
      String folder,
      Outcome.Open open,
      boolean recursive,
      boolean expand,
      int end)
      throws Problem {
    // By its commit, so that what is promoted meanwhile cannot mix two lists.
    return "<"
        + exchange.origin()
        + repository.api()
        + "/tree/"
        + open.commit()
        + (folder.isEmpty() ? "" : "/" + PercentCode.encodePath(folder))
        + "?recursive="
        + recursive
        + "&expand="
        + expand
        + "&cursor="
        + end
        + ">; rel=\"next\"";
  }

  private static int cursor(String text, int all) throws Problem {
    if (text.isEmpty()) {
      return 0;
    }
    try {
      int cursor = Integer.parseInt(text);
      if (cursor >= 0 && cursor <= all) {
        return cursor;
      }
    } catch (NumberFormatException e) {
      // Said below.
    }
    throw Problem.badRequest("no cursor of this list", "begin without one");
  }

  private static List<ShelfFile> files(Shelf shelf, String folder, boolean recursive) {
    if (!recursive) {
      return shelf.list(folder).files();
    }
    return folder.isEmpty()
        ? shelf.files()
        : shelf.files().stream().filter(file -> file.path().startsWith(folder + "/")).toList();
  }

  private static List<JsonWriter> folders(Outcome.Open open, String folder, boolean expand) {
    List<JsonWriter> folders = new ArrayList<>();
    for (Map.Entry<String, String> one : open.shelf().list(folder).folders().entrySet()) {
      folders.add(folder(one.getKey(), one.getValue(), open, expand));
    }
    return folders;
  }

  private static JsonWriter folder(String path, String tree, Outcome.Open open, boolean expand) {
    JsonWriter json = new JsonWriter().object().name("type").string("directory");
    json.name("oid").string(tree).name("size").number(0).name("path").string(path);
    return lastCommit(json, open, expand).endObject();
  }

  private static JsonWriter item(ShelfFile file, Outcome.Open open, boolean expand)
      throws IOException {
    JsonWriter json = new JsonWriter().object().name("type").string("file");
    json.name("oid").string(file.gitName()).name("size").number(file.size());
    json.name("path").string(file.path());
    if (file.isLarge()) {
      json.name("lfs").object().name("oid").string(file.digest().hex());
      json.name("size").number(file.size()).name("pointerSize").number(pointerSize(file));
      json.endObject();
    }
    return lastCommit(json, open, expand).endObject();
  }

  private static JsonWriter lastCommit(JsonWriter json, Outcome.Open open, boolean expand) {
    if (expand) {
      json.name("lastCommit").object().name("id").string(open.commit());
      json.name("title").string(title(open)).name("date").string(time(open)).endObject();
    }
    return json;
  }

  private static long pointerSize(ShelfFile file) {
    return GitNames.pointer(file.digest(), file.size()).length;
  }

  private static HubRefusal noFolder(
      RepositoryName repository, String revision, String folder, Outcome.Open open) {
    return new HubRefusal(
        new HubRefusal.Shape(
            404,
            "EntryNotFound",
            repository.registryName() + "@" + revision + " " + folder,
            "not there",
            List.of("there is no such folder"),
            "",
            "",
            "",
            open.commit(),
            open.artifact().snapshot()));
  }

  /// The files and folders of some paths; those that are not there are left out.
  void pathsInfo(Exchange exchange, RepositoryName repository)
      throws IOException, FormatException, CheckFailed, Problem {
    Outcome.Open open = asked.open(exchange, repository, "");
    exchange.header("X-Repo-Commit", open.commit());
    List<String> paths = new ArrayList<>();
    boolean expand = paths(exchange, paths);
    if (paths.size() > MOST_PATHS) {
      throw Problem.badRequest("more than " + MOST_PATHS + " paths", "ask several times");
    }
    JsonWriter json = new JsonWriter().array();
    for (String path : paths) {
      ShelfFile file = open.shelf().file(path);
      if (file != null) {
        json.written(item(file, open, expand));
        continue;
      }
      String parent = path.contains("/") ? path.substring(0, path.lastIndexOf('/')) : "";
      String tree = open.shelf().list(parent).folders().get(path);
      if (tree != null) {
        json.written(folder(path, tree, open, expand));
      }
    }
    json(exchange, json.endArray());
  }

  /// Python sends a form, JavaScript sends JSON.
  private static boolean paths(Exchange exchange, List<String> paths) throws IOException, Problem {
    String type = exchange.header("Content-Type");
    if (type != null && type.startsWith("application/x-www-form-urlencoded")) {
      paths.addAll(exchange.form().all("paths"));
      return isTrue(exchange.form().text("expand"));
    }
    JsonObject body = exchange.json();
    if (!(body.get("paths") instanceof JsonArray(List<JsonValue> elements))) {
      throw Problem.badRequest("the body lacks the list paths", "");
    }
    for (JsonValue element : elements) {
      if (!(element instanceof JsonString(String path))) {
        throw Problem.badRequest("paths has something that is no text", "");
      }
      paths.add(path);
    }
    return body.get("expand") instanceof JsonBoolean(boolean expand) && expand;
  }

  private static boolean isTrue(String text) {
    return text.equalsIgnoreCase("true") || text.equals("1");
  }

  static void json(Exchange exchange, JsonWriter json) throws IOException {
    exchange.header("Cache-Control", "no-cache");
    exchange.json(200, json);
  }
}
