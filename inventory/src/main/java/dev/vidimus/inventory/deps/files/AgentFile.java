package dev.vidimus.inventory.deps.files;

import dev.vidimus.artifact.Bytes;
import dev.vidimus.artifact.FormatException;
import dev.vidimus.artifact.Printable;
import dev.vidimus.artifact.json.JsonValue;
import dev.vidimus.artifact.json.JsonValue.JsonArray;
import dev.vidimus.artifact.json.JsonValue.JsonObject;
import dev.vidimus.artifact.json.JsonValue.JsonString;
import dev.vidimus.inventory.deps.files.Listing.Problem;
import dev.vidimus.inventory.version.Ecosystem;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/// The servers that agents are told to start or to ask, by the [Model Context
/// Protocol](https://modelcontextprotocol.io/): what a runner fetches, images, and addresses.
final class AgentFile implements DependencyFile {
  /// The kind of its listings.
  static final String KIND = "mcp";

  private static final Pattern SCRIPT =
      Pattern.compile("[^-].*\\.(?:js|mjs|cjs|ts|py|rb|php|sh|jar)");

  private static final int SHOWN = 120;
  private static final Pattern NAMED =
      Pattern.compile(
          "(?:.*/)?(?:\\.?mcp\\.json|\\.?mcp[-_.][^/]*\\.json|[^/]*[-_.]mcp\\.json|mcp[-_]?(?:config|servers|settings)"
              + "\\.json|claude_desktop_config\\.json|\\.claude\\.json|cline_mcp_settings\\.json)"
              + "|(?:.*/)?\\.(?:claude|gemini|codeium|windsurf|roo|cursor|kiro|amazonq|continue)/(?:.*/)?"
              + "(?:settings(?:\\.local)?|mcp|mcp_config)\\.json");
  private static final Set<String> GROUPS =
      Set.of("mcpServers", "mcp_servers", "servers", "context_servers");
  private static final Pattern EXACT = Pattern.compile("v?[0-9]+(?:\\.[0-9A-Za-z+-]+)+");

  /// Options of runners and of `docker run` that take the next word.
  private static final Set<String> TAKING =
      Set.of(
          "-e",
          "--env",
          "--env-file",
          "-v",
          "--volume",
          "--mount",
          "--name",
          "-p",
          "--publish",
          "--network",
          "-u",
          "--user",
          "-w",
          "--workdir",
          "--entrypoint",
          "--platform",
          "-l",
          "--label",
          "--pull",
          "--python",
          "--index-url",
          "--with",
          "--registry",
          "--add-host");

  @Override
  public boolean isNamed(String path) {
    return NAMED.matcher(path.toLowerCase(Locale.ROOT)).matches();
  }

  @Override
  public Listing read(Bytes bytes, String source) throws IOException, FormatException {
    Reading reading = new Reading();
    JsonObject document = RelaxedJson.read(bytes, source);
    reading.groups(document);
    if (document.get("mcp") instanceof JsonObject inner) {
      reading.groups(inner);
    }
    if (document.get("projects") instanceof JsonObject projects) {
      for (JsonValue project : projects.members().values()) {
        if (project instanceof JsonObject one) {
          reading.groups(one);
        }
      }
    }
    return new Listing(KIND, false, reading.packages, List.of(), List.of(), reading.problems);
  }

  private static final class Reading {
    private final List<Dependency> packages = new ArrayList<>();
    private final List<Problem> problems = new ArrayList<>();

    void groups(JsonObject document) {
      for (String group : GROUPS.stream().sorted().toList()) {
        if (document.get(group) instanceof JsonObject servers) {
          for (Map.Entry<String, JsonValue> server : servers.members().entrySet()) {
            if (server.getValue() instanceof JsonObject one) {
              server(server.getKey(), one);
            } else {
              problems.add(new Problem(0, shown(server.getKey()) + ": is no server"));
            }
          }
        }
      }
    }

    private void server(String name, JsonObject server) {
      boolean isKnown = false;
      for (String member : List.of("url", "serverUrl", "httpUrl", "endpoint")) {
        String address = text(server, member);
        if (!address.isEmpty()) {
          packages.add(service(name, address));
          isKnown = true;
        }
      }
      List<String> words = words(server);
      if (!words.isEmpty()) {
        command(name, words);
        isKnown = true;
      }
      if (!isKnown) {
        problems.add(new Problem(0, shown(name) + ": has neither command nor address"));
      }
    }

    /// The command and its arguments, wherever they stand.
    private static List<String> words(JsonObject server) {
      List<String> words = new ArrayList<>();
      JsonValue command = server.get("command");
      if (command instanceof JsonString(String text)) {
        words.addAll(List.of(text.strip().split("\\s+", -1)));
      } else if (command instanceof JsonArray array) {
        words.addAll(strings(array));
      } else if (command instanceof JsonObject inner) {
        words.add(text(inner, "path"));
        words.addAll(inner.get("args") instanceof JsonArray array ? strings(array) : List.of());
      }
      if (server.get("args") instanceof JsonArray array) {
        words.addAll(strings(array));
      }
      words.removeIf(String::isEmpty);
      return words;
    }

    private void command(String name, List<String> words) {
      Deque<String> rest = new ArrayDeque<>(words);
      String program = program(rest.removeFirst());
      // A shell or a changer of the environment starts another program.
      while (!rest.isEmpty() && Set.of("cmd", "env", "sh", "bash").contains(program)) {
        String next = rest.removeFirst();
        boolean isPassed = next.startsWith("-") || next.equals("/c") || next.contains("=");
        program = isPassed ? program : program(next);
      }
      String verb = rest.isEmpty() ? "" : rest.getFirst();
      boolean isRunner =
          switch (program) {
            case "npx", "bunx", "pnpx", "uvx" -> true;
            case "pnpm", "yarn" -> take(rest, verb, "dlx");
            case "npm" -> take(rest, verb, "exec") || take(rest, verb, "x");
            case "bun" -> take(rest, verb, "x");
            case "pipx" -> take(rest, verb, "run");
            case "uv" ->
                take(rest, verb, "tool")
                    ? take(rest, rest.isEmpty() ? "" : rest.getFirst(), "run")
                    : false;
            case "docker", "podman", "nerdctl" -> take(rest, verb, "run");
            default -> false;
          };
      boolean isPython = program.startsWith("uv") || program.equals("pipx");
      boolean isImage = Set.of("docker", "podman", "nerdctl").contains(program);
      String fetched = isRunner ? fetched(rest, isImage) : "";
      if (fetched.isEmpty()) {
        // A program that lies there; what it is made of is another question.
        packages.add(
            Dependency.of(Ecosystem.GENERIC, name, "")
                .wanting(Printable.of(withScript(words), SHOWN))
                .from(new Origin(Origin.Kind.PATH, words.getFirst(), "")));
      } else if (isImage) {
        packages.add(Images.of(fetched));
      } else {
        packages.add(isPython ? python(fetched) : npm(fetched));
      }
      for (String word : rest) {
        if (word.startsWith("http://") || word.startsWith("https://")) {
          packages.add(service(name, word)); // of a bridge to a server elsewhere
        }
      }
    }

    /// The program and the script that it runs. Other arguments may be secrets, which belong into
    /// no bill of materials.
    private static String withScript(List<String> words) {
      boolean isScript = words.size() > 1 && SCRIPT.matcher(words.get(1)).matches();
      return isScript ? words.get(0) + " " + words.get(1) : words.getFirst();
    }

    private static String program(String word) {
      String name = word.substring(Math.max(word.lastIndexOf('/'), word.lastIndexOf('\\')) + 1);
      return name.toLowerCase(Locale.ROOT).replaceAll("\\.(?:exe|cmd|bat)$", "");
    }

    private static boolean take(Deque<String> rest, String verb, String wanted) {
      boolean is = verb.equals(wanted);
      if (is) {
        rest.removeFirst();
      }
      return is;
    }

    /// What a runner fetches: what `--package` or `--from` names, else the first word that is no
    /// option.
    private static String fetched(Deque<String> rest, boolean isImage) {
      while (!rest.isEmpty()) {
        String word = rest.removeFirst();
        int equals = word.indexOf('=');
        String option = equals < 0 ? word : word.substring(0, equals);
        boolean names = !isImage && Set.of("--package", "-p", "--from", "--spec").contains(option);
        if (names && equals > 0) {
          return word.substring(equals + 1);
        }
        if (names && !rest.isEmpty()) {
          return rest.removeFirst();
        }
        if (!word.startsWith("-")) {
          return word;
        }
        if (equals < 0 && TAKING.contains(word) && !rest.isEmpty()) {
          rest.removeFirst();
        }
      }
      return "";
    }

    private static Dependency npm(String text) {
      boolean isAddress = text.contains("://") || text.startsWith("github:");
      int at = text.indexOf('@', 1);
      String name = at < 0 ? text : text.substring(0, at);
      String version = at < 0 ? "" : text.substring(at + 1);
      if (isAddress) {
        return Dependency.of(Ecosystem.NPM, text, "")
            .wanting(text)
            .from(Origin.of(text.startsWith("github:") ? "git+" + text : text));
      }
      return Dependency.of(Ecosystem.NPM, name, EXACT.matcher(version).matches() ? version : "")
          .wanting(version);
    }

    private static Dependency python(String text) {
      int at = text.indexOf('@', 1);
      boolean isVersion = at > 0 && !text.contains("://") && !text.contains(" ");
      if (isVersion) { // name@version, which uvx takes
        String version = text.substring(at + 1);
        String name = text.substring(0, at).replaceAll("\\[.*", "");
        return Dependency.of(Ecosystem.PYPI, name, EXACT.matcher(version).matches() ? version : "")
            .wanting(version);
      }
      Dependency one = Requirement.read(text);
      return one == null
          ? Dependency.of(Ecosystem.PYPI, text, "").wanting(text).from(Origin.of(text))
          : one;
    }

    private static Dependency service(String name, String address) {
      return Dependency.of(Ecosystem.GENERIC, name, "")
          .wanting(address)
          .from(new Origin(Origin.Kind.URL, address, ""));
    }

    private static String text(JsonObject object, String name) {
      String text = object.string(name);
      return text == null ? "" : text.strip();
    }

    private static List<String> strings(JsonArray array) {
      List<String> strings = new ArrayList<>();
      for (JsonValue value : array.elements()) {
        if (value instanceof JsonString(String text)) {
          strings.add(text.strip());
        }
      }
      return strings;
    }

    private static String shown(String text) {
      return Printable.of(text, SHOWN);
    }
  }
}
