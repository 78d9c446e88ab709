package dev.vidimus.cli.registry;

import dev.vidimus.artifact.FormatException;
import dev.vidimus.artifact.Printable;
import dev.vidimus.artifact.json.JsonValue.JsonNumber;
import dev.vidimus.artifact.json.JsonValue.JsonObject;
import dev.vidimus.artifact.json.JsonWriter;
import dev.vidimus.cli.args.Arguments;
import dev.vidimus.cli.args.Command;
import dev.vidimus.cli.args.Option;
import dev.vidimus.cli.args.UsageException;
import dev.vidimus.cli.host.ExitCode;
import dev.vidimus.cli.host.Host;
import dev.vidimus.cli.sign.Passphrase;
import dev.vidimus.evidence.CheckFailed;
import dev.vidimus.policy.Decision.Outcome;
import dev.vidimus.registry.Registry;
import dev.vidimus.registry.decide.Decided;
import dev.vidimus.registry.question.Artifact;
import dev.vidimus.registry.question.Chain;
import dev.vidimus.registry.question.Findings;
import dev.vidimus.registry.view.DecisionView;
import dev.vidimus.scan.Meter;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `admit`: quarantine, examine, decide, record.
public final class AdmitCommand {
  private static final int SHOWN = 5;
  private static final int PRINTED = 160;

  private static final Option NAME =
      Option.valued("--name", "NAME", "What it is called; the source's own name otherwise.");
  private static final Option TIER =
      Option.valued("--tier", "ENVIRONMENT", "Where it is to run; internal otherwise.");
  private static final Option REQUIRE =
      Option.choice(
          "--require",
          List.of("promoted"),
          "promoted: exit code 1 also if it only awaits approval.");
  private static final Option WAIT =
      Option.toggle(
          "--wait",
          "",
          "Examine what is in quarantine: the REFs that are given, or everything; SOURCE, too.");
  private static final Option DETACH =
      Option.toggle("--detach", "", "Only take it into quarantine; --wait examines it later.");
  private static final Option FROM =
      Option.valued("--from", "FILE", "One SOURCE a line, beside those that are given.");

  /// What the command understands.
  public static final Command COMMAND =
      new Command(
          "admit",
          "quarantine a model, examine it, decide by policy, record everything",
          "SOURCE… | --wait [REF…]",
          options(),
          """
          SOURCE is a file or a folder, oci-layout:DIR, hf://org/name[@revision] or
          hub://HOST/org/name[@revision]. Its bytes are copied, hashed and never changed again.
          HF_ENDPOINT names the hub that hf:// means, and HF_TOKEN is sent to that one only.
          Nothing is loaded or run. On its first use the command begins a registry.

          outcomes:
            PASSED              it is promoted and may run there from now on
            AWAITING APPROVAL   people have to say yes: vidimus approve
            FAILED              a rule says no; what to do is said
            COULD NOT TELL      evidence is missing, or a part could not be examined

          With --detach its bytes are pinned and its intake is recorded, and nothing is examined
          yet: it waits in vidimus queue. Any process over the same home examines it later, after a
          crash, too; one that is examined once more gets fresh evidence.

          exit codes: 0 passed or awaiting approval, 1 failed, 2 could not tell
          example: vidimus admit --tier sandbox models/mine
          """);

  private AdmitCommand() {}

  private static List<Option> options() {
    List<Option> options = new ArrayList<>(List.of(NAME, TIER, REQUIRE, WAIT, DETACH, FROM));
    options.addAll(Sources.OPTIONS);
    options.addAll(
        List.of(Opened.AS, Opened.HOME, Opened.DATABASE, Passphrase.OPTION, Opened.FORMAT));
    return options;
  }

  /// Runs the command.
  ///
  /// @param words what follows its name
  public static ExitCode run(Host host, List<String> words) throws IOException, UsageException {
    Arguments arguments = Arguments.parse(COMMAND, words);
    List<String> sources = new ArrayList<>(arguments.parameters());
    String list = arguments.value(FROM);
    if (list != null) {
      Files.readAllLines(host.folder().resolve(list)).stream()
          .map(String::strip)
          .filter(line -> !line.isEmpty() && !line.startsWith("#"))
          .forEach(sources::add);
    }
    String name = arguments.value(NAME);
    boolean wait = arguments.has(WAIT);
    if (wait && arguments.has(DETACH)) {
      throw new UsageException("vidimus admit takes --wait or --detach", "");
    }
    if ((sources.isEmpty() && !wait) || (name != null && sources.size() > 1)) {
      throw new UsageException("vidimus admit takes SOURCE…, and --name with one only", "");
    }
    Opened opened = new Opened(host, arguments);
    if (sources.isEmpty()) {
      sources.addAll(unfinished(opened.registry()));
    }
    String tier = arguments.value(TIER);
    Tally tally = new Tally();
    ExitCode answer = ExitCode.YES;
    for (String source : sources) {
      ExitCode one =
          Attempt.at(
              host,
              () -> {
                if (wait && !Sources.isOne(host, source)) {
                  return examine(host, opened, source, tier, arguments.has(REQUIRE), tally);
                }
                Registry.Source from = Sources.of(host, arguments, source);
                String called = name == null ? "" : name;
                String where = tier == null ? "internal" : tier;
                return arguments.has(DETACH)
                    ? detach(host, opened, from, called, where)
                    : admit(host, opened, from, called, where, arguments.has(REQUIRE), tally);
              });
      answer = answer.worse(one);
    }
    if (sources.size() > 1 && !opened.isJson() && !arguments.has(DETACH)) {
      host.print(sources.size() + " sources: " + tally + "\n");
    }
    return answer;
  }

  private static List<String> unfinished(Registry registry) throws IOException {
    try {
      return registry.ask(
          sql -> new Chain(sql).unfinished().stream().map(Artifact::snapshot).toList());
    } catch (FormatException | CheckFailed e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  private static ExitCode detach(
      Host host, Opened opened, Registry.Source source, String name, String environment)
      throws IOException, UsageException, FormatException, CheckFailed {
    Registry registry = opened.registryOrNew();
    Registry.Request request = new Registry.Request(opened.person(), name, environment);
    Artifact artifact = registry.quarantine(request, source);
    String next = "vidimus admit --wait " + artifact.snapshot();
    host.print(
        opened.isJson()
            ? new JsonWriter()
                    .object()
                    .name("schema")
                    .string("vidimus.admit/1")
                    .name("artifact")
                    .string(artifact.snapshot())
                    .name("label")
                    .string(artifact.label())
                    .name("state")
                    .string(artifact.state())
                    .name("environment")
                    .string(environment)
                    .name("next")
                    .string("examine")
                    .endObject()
                + "\n"
            : artifact.label() + " is " + artifact.state() + "\n" + artifact.snapshot() + "\n");
    if (!opened.isJson()) {
      host.tell("hint: it is examined by: " + next + "\n");
    }
    return ExitCode.YES;
  }

  private static ExitCode examine(
      Host host,
      Opened opened,
      String ref,
      @Nullable String environment,
      boolean mustBePromoted,
      Tally tally)
      throws IOException, UsageException, FormatException, CheckFailed {
    Registry registry = opened.registry();
    Decided decided = registry.examine(opened.person(), ref, environment, new Meter()).decision();
    tally.count(decided.decision().outcome());
    host.print(opened.isJson() ? json(registry, decided) : text(registry, decided));
    return code(decided, mustBePromoted);
  }

  private static final class Tally {
    private int passed;
    private int waiting;
    private int failed;
    private int unknown;

    void count(Outcome outcome) {
      switch (outcome) {
        case PASSED -> passed++;
        case AWAITING_APPROVAL -> waiting++;
        case FAILED -> failed++;
        case UNKNOWN -> unknown++;
      }
    }

    @Override
    public String toString() {
      return passed
          + " passed, "
          + waiting
          + " await approval, "
          + failed
          + " failed, "
          + unknown
          + " could not be told";
    }
  }

  private static ExitCode admit(
      Host host,
      Opened opened,
      Registry.Source source,
      String name,
      String environment,
      boolean mustBePromoted,
      Tally tally)
      throws IOException, UsageException, FormatException, CheckFailed {
    Registry registry = opened.registryOrNew();
    Registry.Request request = new Registry.Request(opened.person(), name, environment);
    Meter meter = new Meter();
    Registry.Admitted admitted = registry.admit(request, source, meter);
    Decided decided = admitted.decision();
    tally.count(decided.decision().outcome());
    host.print(opened.isJson() ? json(registry, decided) : text(registry, decided));
    return code(decided, mustBePromoted);
  }

  private static ExitCode code(Decided decided, boolean mustBePromoted) {
    return switch (decided.decision().outcome()) {
      case PASSED -> ExitCode.YES;
      case AWAITING_APPROVAL -> mustBePromoted ? ExitCode.NO : ExitCode.YES;
      case FAILED -> ExitCode.NO;
      case UNKNOWN -> ExitCode.COULD_NOT_TELL;
    };
  }

  private static String text(Registry registry, Decided decided)
      throws IOException, FormatException, CheckFailed {
    StringBuilder text = new StringBuilder(DecisionText.of(decided, false));
    text.append(decided.artifact().snapshot()).append('\n');
    int shown = 0;
    for (JsonObject finding : findings(registry, decided)) {
      if (shown++ == SHOWN) {
        text.append("  … vidimus explain ").append(decided.artifact().label()).append('\n');
        break;
      }
      text.append("  ").append(line(finding)).append('\n');
    }
    switch (decided.decision().outcome()) {
      case PASSED ->
          text.append("promoted to ")
              .append(decided.environment())
              .append(decided.tier().equals("sandbox") ? ": this tier needs no approvals\n" : "\n");
      case AWAITING_APPROVAL ->
          text.append("next: vidimus approve ")
              .append(decided.artifact().label())
              .append(" --as SOMEBODY-ELSE\n");
      case FAILED, UNKNOWN ->
          text.append("in quarantine: vidimus explain ")
              .append(decided.artifact().label())
              .append('\n');
    }
    return text.toString();
  }

  private static List<JsonObject> findings(Registry registry, Decided decided)
      throws IOException, FormatException, CheckFailed {
    return registry.ask(
        sql ->
            new Findings(sql, registry.log())
                .of(decided.artifact().snapshot()).stream()
                    .filter(finding -> !"INFO".equals(finding.string("level")))
                    .toList());
  }

  /// One finding in one line, with the byte at which it is.
  static String line(JsonObject finding) {
    String gap = finding.string("notExamined");
    if (gap != null) {
      return "not examined: " + Printable.of(gap, PRINTED);
    }
    String member = text(finding.string("member"));
    String place = text(finding.string("file")) + (member.isEmpty() ? "" : "!/" + member);
    long offset = finding.get("offset") instanceof JsonNumber(String at) ? Long.parseLong(at) : -1;
    return text(finding.string("rule"))
        + " "
        + Printable.of(place, PRINTED)
        + (offset < 0 ? "" : " at byte " + offset)
        + ": "
        + Printable.of(text(finding.string("message")), PRINTED);
  }

  private static String text(@Nullable String text) {
    return text == null ? "" : text;
  }

  private static String json(Registry registry, Decided decided)
      throws IOException, FormatException, CheckFailed {
    JsonWriter json = new JsonWriter().object().name("schema").string("vidimus.admit/1");
    DecisionView.write(json, decided);
    json.name("findings").array();
    for (JsonObject finding : findings(registry, decided)) {
      json.value(finding);
    }
    return json.endArray().endObject() + "\n";
  }
}
