package dev.vidimus.cli.inventory;

import dev.vidimus.artifact.FormatException;
import dev.vidimus.artifact.Printable;
import dev.vidimus.artifact.json.JsonWriter;
import dev.vidimus.cli.args.Arguments;
import dev.vidimus.cli.args.Command;
import dev.vidimus.cli.args.Option;
import dev.vidimus.cli.args.UsageException;
import dev.vidimus.cli.host.ExitCode;
import dev.vidimus.cli.host.Host;
import dev.vidimus.inventory.advisories.Advisory;
import dev.vidimus.inventory.advisories.AdvisoryStore;
import dev.vidimus.inventory.advisories.AdvisoryStore.Hit;
import dev.vidimus.inventory.advisories.Import;
import dev.vidimus.inventory.findings.Companions;
import dev.vidimus.inventory.version.Ecosystem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Takes in advisories, and asks them about a version.
public final class AdvisoriesCommand {
  private static final int SHOWN = 300;
  private static final Option FORMAT =
      Option.choice("--format", List.of("text", "json"), "How to print; text if it is not given.");
  private static final Option REPLACE =
      Option.toggle("--replace", "", "Forget everything that was imported before.");
  private static final Option ECOSYSTEM =
      Option.valued("--ecosystem", "E", "PyPI, npm, Maven, crates.io or Go.");
  private static final Option NAME = Option.valued("--name", "N", "The package.");
  private static final Option VERSION = Option.valued("--version", "V", "Its version.");
  private static final Option BATCH =
      Option.valued(
          "--batch", "TSV", "Ask about each row of a table: name and version, in one process.");
  private static final Option VEX =
      Option.valued(
          "--vex",
          "FILE",
          "With import: what somebody says of vulnerabilities here, in OpenVEX or CycloneDX; more"
              + " than once for more.");
  private static final Option EPSS =
      Option.valued("--epss", "CSV", "With import: scores of EPSS, plain or .gz.");
  private static final Option KEV =
      Option.valued(
          "--kev", "JSON", "With import: the catalogue of known exploited vulnerabilities.");

  /// What the command understands.
  public static final Command COMMAND =
      new Command(
          "advisories",
          "what is known against packages, offline",
          "import FILE|DIR|ZIP… | match | show [ID]",
          List.of(
              FORMAT,
              REPLACE,
              ECOSYSTEM,
              NAME,
              VERSION,
              BATCH,
              VEX,
              EPSS,
              KEV,
              AdvisoryFolder.DATA),
          """
          Records are those of OSV (https://osv.dev): single files, the zip of an ecosystem, or a
          folder with both, as the public export lays them out. An import adds what is new, and takes
          the place of what was there in one step. Every answer says how old the data is. Statements
          (VEX), scores (EPSS) and the catalogue of what is exploited (KEV) that are imported beside
          them count in vidimus deps and wherever an artifact is admitted.

          examples:
            vidimus advisories import PyPI/all.zip npm/all.zip
            vidimus advisories import --kev known_exploited_vulnerabilities.json --vex our.vex.json
            vidimus advisories match --ecosystem PyPI --name torch --version 1.13.0
            vidimus advisories match --ecosystem PyPI --batch packages.tsv --format json
            vidimus advisories show PYSEC-2022-43015

          exit codes: 0 nothing is known, or done; 1 something is; 2 there is no data, or a part of it
          could not be read
          """);

  private AdvisoriesCommand() {}

  /// Runs the command.
  ///
  /// @param words what follows its name
  public static ExitCode run(Host host, List<String> words) throws IOException, UsageException {
    Arguments arguments = Arguments.parse(COMMAND, words);
    List<String> parameters = arguments.parameters();
    if (parameters.isEmpty()) {
      throw new UsageException("vidimus advisories needs import, match or show", "--help explains");
    }
    List<String> rest = parameters.subList(1, parameters.size());
    return switch (parameters.getFirst()) {
      case "import" -> take(host, arguments, rest);
      case "match" -> match(host, arguments, rest);
      case "show" -> show(host, arguments, rest);
      default ->
          throw new UsageException(
              "advisories does not know " + parameters.getFirst(), "import, match or show");
    };
  }

  private static ExitCode take(Host host, Arguments arguments, List<String> sources)
      throws IOException, UsageException {
    Path folder = AdvisoryFolder.of(host, arguments);
    try {
      ImportedCompanions companions = companions(host, arguments, folder);
      if (!sources.isEmpty()) {
        Import.Result result = records(host, arguments, folder, sources);
        print(host, arguments, result, companions);
        return result.broken() == 0 ? ExitCode.YES : ExitCode.COULD_NOT_TELL;
      }
      if (companions.isEmpty()) {
        throw new UsageException("import needs a file, folder or zip", AdvisoryFolder.HINT);
      }
      print(host, arguments, null, companions);
      return ExitCode.YES;
    } catch (FormatException e) {
      host.tell(
          "vidimus: " + e.getMessage() + "\nhint: it was left out, and what was there stays\n");
      return ExitCode.COULD_NOT_TELL;
    }
  }

  private static ImportedCompanions companions(Host host, Arguments arguments, Path folder)
      throws IOException, FormatException {
    Companions companions = new Companions(folder);
    if (arguments.has(REPLACE)) {
      companions.clear();
    }
    int statements = 0;
    for (String name : arguments.values(VEX)) {
      statements += companions.vex(host.folder().resolve(name));
    }
    String scores = arguments.value(EPSS);
    String catalogue = arguments.value(KEV);
    return new ImportedCompanions(
        statements,
        scores == null ? 0 : companions.epss(host.folder().resolve(scores)),
        catalogue == null ? 0 : companions.kev(host.folder().resolve(catalogue)));
  }

  private static Import.Result records(
      Host host, Arguments arguments, Path folder, List<String> sources)
      throws IOException, FormatException {
    List<Path> paths = sources.stream().map(source -> host.folder().resolve(source)).toList();
    boolean shows = host.errorsAreTerminal();
    Import importing =
        new Import(
            folder,
            InstantSource.system(),
            count -> {
              if (shows && count % 10_000 == 0) {
                host.tell("\r" + count + " records");
              }
            });
    Import.Result result = importing.run(paths, !arguments.has(REPLACE));
    if (shows) {
      host.tell("\r");
    }
    for (String problem : result.problems()) {
      host.tell("vidimus: left out: " + Printable.of(problem, SHOWN) + "\n");
    }
    return result;
  }

  /// @param result null if no records were given
  private static void print(
      Host host, Arguments arguments, Import.@Nullable Result result, ImportedCompanions companions)
      throws IOException {
    if (isJson(arguments)) {
      JsonWriter json = new JsonWriter().object().name("schema");
      json.string("vidimus.advisories.import/1");
      json.name("read").number(result == null ? 0 : result.read());
      json.name("broken").number(result == null ? 0 : result.broken()).name("data");
      if (result == null) {
        json.nothing();
      } else {
        json.written(AdvisoryFolder.json(result.about()));
      }
      json.name("companions").written(companions.json());
      host.print(json.endObject() + "\n");
      return;
    }
    if (result != null) {
      host.print(
          "read "
              + result.read()
              + " records, left out "
              + result.broken()
              + "; now "
              + AdvisoryFolder.words(result.about())
              + "\n");
    }
    host.print(companions.text());
  }

  /// What was asked about.
  private record Asked(Ecosystem ecosystem, String name, String version) {}

  /// What was asked about, and the answer.
  private record Row(Asked asked, List<Hit> hits) {}

  private static ExitCode match(Host host, Arguments arguments, List<String> rest)
      throws IOException, UsageException {
    List<Asked> asked = asked(host, arguments, rest);
    try (AdvisoryStore store = AdvisoryFolder.open(host, arguments)) {
      if (store == null) {
        return nothing(host);
      }
      boolean isTable = arguments.has(BATCH);
      List<Row> rows = new ArrayList<>();
      StringBuilder text = new StringBuilder();
      boolean isKnown = false;
      for (Asked one : asked) {
        List<Hit> hits = store.hits(one.ecosystem(), one.name(), one.version());
        isKnown |= hits.stream().anyMatch(AdvisoriesCommand::isStanding);
        rows.add(new Row(one, hits));
        text.append(isTable ? line(one, hits) : lines(one, hits, store));
      }
      host.print(
          isJson(arguments)
              ? json(store, isTable, rows) + "\n"
              : text + "data: " + AdvisoryFolder.words(store.about()) + "\n");
      return isKnown ? ExitCode.NO : ExitCode.YES;
    } catch (FormatException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  private static ExitCode nothing(Host host) {
    host.tell("vidimus: no advisories were imported\nhint: " + AdvisoryFolder.HINT + "\n");
    return ExitCode.COULD_NOT_TELL;
  }

  private static List<Asked> asked(Host host, Arguments arguments, List<String> rest)
      throws IOException, UsageException {
    String word = arguments.value(ECOSYSTEM);
    Ecosystem ecosystem = Ecosystem.of(word == null ? "" : word);
    if (ecosystem == null || !rest.isEmpty()) {
      throw new UsageException(
          "match needs --ecosystem, one of PyPI, npm, Maven, crates.io and Go", "--help explains");
    }
    String table = arguments.value(BATCH);
    if (table != null) {
      return rows(ecosystem, host.folder().resolve(table));
    }
    String name = arguments.value(NAME);
    String version = arguments.value(VERSION);
    if (name == null || version == null) {
      throw new UsageException("match needs --name and --version, or --batch", "--help explains");
    }
    return List.of(new Asked(ecosystem, name, version));
  }

  /// Rows of name and version; further columns and a head do not count.
  private static List<Asked> rows(Ecosystem ecosystem, Path table) throws IOException {
    List<Asked> asked = new ArrayList<>();
    for (String line : Files.readAllLines(table)) {
      List<String> columns = List.of(line.split("\t", -1));
      boolean isHead = columns.size() > 1 && columns.get(1).equals("version");
      if (columns.size() > 1 && !isHead && !line.startsWith("#")) {
        asked.add(new Asked(ecosystem, columns.get(0), columns.get(1)));
      }
    }
    return asked;
  }

  private static List<String> ids(List<Hit> hits, Predicate<Hit> wanted) {
    return hits.stream().filter(wanted).map(Hit::id).toList();
  }

  private static boolean isStanding(Hit hit) {
    return !hit.isWithdrawn();
  }

  private static void members(JsonWriter json, Row row) {
    Asked one = row.asked();
    List<Hit> hits = row.hits();
    json.name("ecosystem").string(one.ecosystem().word());
    json.name("name").string(one.name()).name("version").string(one.version());
    texts(json, "matches", ids(hits, AdvisoriesCommand::isStanding));
    texts(json, "inferred", ids(hits, hit -> isStanding(hit) && hit.isInferred()));
    texts(json, "withdrawn", ids(hits, Hit::isWithdrawn));
  }

  private static void texts(JsonWriter json, String name, List<String> texts) {
    json.name(name).array();
    texts.forEach(json::string);
    json.endArray();
  }

  private static JsonWriter json(AdvisoryStore store, boolean isTable, List<Row> rows) {
    JsonWriter json = new JsonWriter().object().name("schema");
    json.string("vidimus.advisories.match/1");
    json.name("data").written(AdvisoryFolder.json(store.about()));
    if (isTable) {
      json.name("rows").array();
      for (Row row : rows) {
        members(json.object(), row);
        json.endObject();
      }
      json.endArray();
    } else {
      members(json, rows.getFirst()); // one answer stands in the document itself
    }
    return json.endObject();
  }

  private static String line(Asked one, List<Hit> hits) {
    return one.name()
        + "\t"
        + one.version()
        + "\t"
        + String.join(",", ids(hits, AdvisoriesCommand::isStanding))
        + "\n";
  }

  private static String lines(Asked one, List<Hit> hits, AdvisoryStore store)
      throws IOException, FormatException {
    StringBuilder found = new StringBuilder();
    for (Hit hit : hits) {
      if (isStanding(hit)) {
        found.append("\n  ").append(describe(store.read(hit)));
        found.append(hit.isInferred() ? " (inferred)" : "");
      }
    }
    return one.name()
        + " "
        + one.version()
        + (found.isEmpty() ? ": nothing is known\n" : ":" + found + "\n");
  }

  private static String describe(Advisory advisory) {
    return advisory.id() + "  " + Printable.of(advisory.summary(), SHOWN);
  }

  private static ExitCode show(Host host, Arguments arguments, List<String> ids)
      throws IOException {
    try (AdvisoryStore store = AdvisoryFolder.open(host, arguments)) {
      if (store == null) {
        return nothing(host);
      }
      List<Advisory> found = new ArrayList<>();
      for (String id : ids) {
        found.addAll(store.byId(id));
      }
      host.print(isJson(arguments) ? shown(store, found) + "\n" : text(store, found));
      return ids.isEmpty() || !found.isEmpty() ? ExitCode.YES : ExitCode.COULD_NOT_TELL;
    } catch (FormatException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  private static JsonWriter shown(AdvisoryStore store, List<Advisory> found) {
    JsonWriter json = new JsonWriter().object().name("schema");
    json.string("vidimus.advisories.show/1");
    json.name("data").written(AdvisoryFolder.json(store.about()));
    json.name("records").array();
    for (Advisory advisory : found) {
      json.object().name("id").string(advisory.id());
      texts(json, "aliases", advisory.aliases());
      json.name("summary").string(advisory.summary());
      json.name("modified").string(advisory.modified());
      json.name("withdrawn").string(advisory.withdrawn()).endObject();
    }
    return json.endArray().endObject();
  }

  private static String text(AdvisoryStore store, List<Advisory> found) {
    StringBuilder text = new StringBuilder();
    for (Advisory advisory : found) {
      text.append(describe(advisory)).append('\n');
      text.append("  aliases  ").append(String.join(", ", advisory.aliases())).append('\n');
      for (Advisory.Affected affected : advisory.affected()) {
        text.append("  affects  ").append(affected.ecosystem()).append(' ');
        text.append(Printable.of(affected.name(), SHOWN)).append('\n');
      }
    }
    return text + "data: " + AdvisoryFolder.words(store.about()) + "\n";
  }

  private static boolean isJson(Arguments arguments) {
    return "json".equals(arguments.value(FORMAT));
  }
}
