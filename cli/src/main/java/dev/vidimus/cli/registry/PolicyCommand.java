package dev.vidimus.cli.registry;

import dev.vidimus.artifact.FormatException;
import dev.vidimus.artifact.json.JsonWriter;
import dev.vidimus.cli.args.Arguments;
import dev.vidimus.cli.args.Command;
import dev.vidimus.cli.args.Option;
import dev.vidimus.cli.args.UsageException;
import dev.vidimus.cli.host.ExitCode;
import dev.vidimus.cli.host.Host;
import dev.vidimus.cli.sign.Passphrase;
import dev.vidimus.evidence.CheckFailed;
import dev.vidimus.policy.CheckedPolicy;
import dev.vidimus.policy.PolicyDiff;
import dev.vidimus.policy.PolicyException;
import dev.vidimus.policy.PolicyRule;
import dev.vidimus.policy.PolicyTests;
import dev.vidimus.registry.Registry;
import dev.vidimus.registry.decide.Replay;
import dev.vidimus.registry.view.DecisionView;
import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;

/// `policy`: the rules by which is decided.
public final class PolicyCommand {
  private static final Option OUTPUT =
      Option.valued("--output", "FOLDER", "show: write the files there, to begin your own policy.");
  private static final Option WHAT_IF =
      Option.valued(
          "--what-if",
          "exception=RULE",
          "explain: how it would be with this exception. Repeatable.");

  /// What the command understands.
  public static final Command COMMAND =
      new Command(
          "policy",
          "read, test, compare and publish the rules by which is decided",
          "lint DIR | test DIR | show [DIR] | diff A B | publish DIR | explain DECISION",
          List.of(
              OUTPUT,
              WHAT_IF,
              Opened.AS,
              Opened.HOME,
              Opened.DATABASE,
              Passphrase.OPTION,
              Opened.FORMAT),
          """
          DIR is a folder with a policy, "default" for the built-in one, or "current" for the one that
          holds in this registry.
          lint compiles every rule; a misspelt fact is told with file, line and column.
          test runs its tests. Every rule needs one in which it passes and one in which it fails.
          diff replays what was ever decided here, and lists what would change.
          publish lets it hold from now on: signed by a person with the role security, into the ledger.
          explain shows a recorded decision: what was judged, by which policy, with which result.

          example: vidimus policy show default --output my-policy
          exit codes: 0 yes; 1 a problem, a failing test or a difference; 2 could not tell
          """);

  private PolicyCommand() {}

  /// Runs the command.
  ///
  /// @param words what follows its name
  public static ExitCode run(Host host, List<String> words) throws IOException, UsageException {
    Arguments arguments = Arguments.parse(COMMAND, words);
    List<String> given = arguments.parameters();
    String verb = given.isEmpty() ? "" : given.getFirst();
    boolean fits =
        switch (verb) {
          case "lint", "test", "publish", "explain" -> given.size() == 2;
          case "show" -> given.size() <= 2;
          case "diff" -> given.size() == 3;
          default -> false;
        };
    if (!fits) {
      throw new UsageException("vidimus policy takes " + COMMAND.parameters(), "");
    }
    Opened opened = new Opened(host, arguments);
    String first = given.size() > 1 ? given.get(1) : "default";
    return Attempt.at(
        host,
        () -> {
          try {
            return switch (verb) {
              case "lint" -> lint(host, opened, load(host, opened, first));
              case "test" -> test(host, opened, load(host, opened, first));
              case "show" -> show(host, arguments, opened, load(host, opened, first));
              case "publish" -> publish(host, opened, load(host, opened, first));
              case "explain" -> explain(host, arguments, opened, first);
              default ->
                  diff(host, opened, load(host, opened, first), load(host, opened, given.get(2)));
            };
          } catch (PolicyException e) {
            problems(host, opened, e.problems());
            return ExitCode.NO;
          }
        });
  }

  private static CheckedPolicy load(Host host, Opened opened, String word)
      throws IOException, UsageException, FormatException, CheckFailed, PolicyException {
    return word.equals("current")
        ? opened.registry().policy()
        : PolicyFolder.load(host.folder().resolve(word), word);
  }

  private static void problems(Host host, Opened opened, List<String> problems) throws IOException {
    if (!opened.isJson()) {
      host.print(String.join("\n", problems) + "\n");
      return;
    }
    JsonWriter json = json(false).name("problems").array();
    problems.forEach(json::string);
    host.print(json.endArray().endObject() + "\n");
  }

  private static JsonWriter json(boolean ok) {
    return new JsonWriter().object().name("schema").string("vidimus.policy/1").name("ok").bool(ok);
  }

  private static ExitCode lint(Host host, Opened opened, CheckedPolicy policy) throws IOException {
    host.print(
        opened.isJson()
            ? json(true).name("policy").string(policy.digest()).endObject() + "\n"
            : policy.bundle().rules().size() + " rules compile; " + policy.digest() + "\n");
    return ExitCode.YES;
  }

  private static ExitCode test(Host host, Opened opened, CheckedPolicy policy) throws IOException {
    List<String> obstacles = PolicyTests.obstacles(policy);
    if (!obstacles.isEmpty()) {
      problems(host, opened, obstacles);
      return ExitCode.NO;
    }
    int tests = policy.bundle().cases().size();
    host.print(
        opened.isJson()
            ? json(true).name("tests").number(tests).endObject() + "\n"
            : tests + " tests pass; every rule passes and fails at least once\n");
    return ExitCode.YES;
  }

  private static ExitCode show(Host host, Arguments arguments, Opened opened, CheckedPolicy policy)
      throws IOException {
    String output = arguments.value(OUTPUT);
    if (output != null) {
      PolicyFolder.write(host.folder().resolve(output), policy.bundle().files());
      host.print(policy.bundle().files().size() + " files in " + output + "\n");
      return ExitCode.YES;
    }
    JsonWriter json = json(true).name("policy").string(policy.digest());
    json.name("name").string(policy.bundle().name());
    json.name("version").string(policy.bundle().version()).name("rules").array();
    StringBuilder text = new StringBuilder();
    text.append(policy.bundle().name()).append(' ').append(policy.bundle().version());
    text.append("  ").append(policy.digest()).append('\n');
    for (PolicyRule rule : policy.bundle().rules()) {
      json.object().name("id").string(rule.id()).name("title").string(rule.title());
      json.name("severity").string(rule.severity().word());
      json.name("mode").string(rule.mode().word()).name("tiers").array();
      rule.tiers().forEach(json::string);
      json.endArray().name("modes").object();
      rule.tiers().forEach(tier -> json.name(tier).string(rule.mode(tier).word()));
      json.endObject().name("unknown").object();
      rule.tiers().forEach(tier -> json.name(tier).string(rule.unknown(tier).word()));
      json.endObject().name("stages").array();
      rule.stages().forEach(json::string);
      json.endArray().name("expr").string(rule.expression().text()).name("controls").array();
      rule.controls().forEach(json::string);
      json.endArray().endObject();
      text.append(rule.mode().word()).append("  ").append(rule.id()).append(": ");
      text.append(rule.title()).append("\n    ").append(tiers(rule));
      text.append("; ").append(rule.expression().text().strip()).append('\n');
    }
    host.print(opened.isJson() ? json.endArray().endObject() + "\n" : text.toString());
    return ExitCode.YES;
  }

  /// Where it applies, and with the modes where they differ.
  private static String tiers(PolicyRule rule) {
    return rule.tiers().stream()
        .map(tier -> tier + mode(rule, tier) + unknown(rule, tier))
        .collect(Collectors.joining(", "));
  }

  private static String mode(PolicyRule rule, String tier) {
    return rule.mode(tier) == rule.mode() ? "" : " (" + rule.mode(tier).word() + ")";
  }

  private static String unknown(PolicyRule rule, String tier) {
    boolean isSame = rule.unknown(tier) == rule.mode(tier);
    return isSame ? "" : " (unknown: " + rule.unknown(tier).word() + ")";
  }

  private static ExitCode publish(Host host, Opened opened, CheckedPolicy policy)
      throws IOException, UsageException, FormatException, CheckFailed {
    List<String> obstacles = PolicyTests.obstacles(policy);
    if (!obstacles.isEmpty()) {
      problems(host, opened, obstacles);
      return ExitCode.NO;
    }
    String statement = opened.registry().publish(opened.actor(), policy);
    host.print(
        opened.isJson()
            ? json(true)
                    .name("policy")
                    .string(policy.digest())
                    .name("statement")
                    .string(statement)
                    .endObject()
                + "\n"
            : "holds from now on: "
                + policy.bundle().name()
                + " "
                + policy.bundle().version()
                + "  "
                + policy.digest()
                + "\n");
    host.tell("hint: approvals were given under another policy, and do not count any more\n");
    return ExitCode.YES;
  }

  private static ExitCode diff(Host host, Opened opened, CheckedPolicy before, CheckedPolicy after)
      throws IOException, UsageException, FormatException, CheckFailed {
    Registry registry = opened.registry();
    List<PolicyDiff.Changed> changed =
        PolicyDiff.of(before, after, registry.ask(sql -> Replay.facts(sql, registry.log())));
    JsonWriter json = json(changed.isEmpty()).name("changed").array();
    StringBuilder text = new StringBuilder();
    for (PolicyDiff.Changed one : changed) {
      String artifact =
          one.facts().value("artifact", "name") + "@" + one.facts().value("artifact", "version");
      String environment = String.valueOf(one.facts().value("question", "environment"));
      String old = one.before().outcome().word();
      String fresh = one.after().outcome().word();
      json.object().name("artifact").string(artifact).name("environment").string(environment);
      json.name("before").string(old).name("after").string(fresh).name("because").array();
      one.because().forEach(json::string);
      json.endArray().endObject();
      text.append(artifact).append(" for ").append(environment).append(": ").append(old);
      text.append(" becomes ").append(fresh).append(" (");
      text.append(String.join(", ", one.because())).append(")\n");
    }
    if (changed.isEmpty()) {
      text.append("nothing that was ever decided here would change\n");
    }
    host.print(opened.isJson() ? json.endArray().endObject() + "\n" : text.toString());
    return changed.isEmpty() ? ExitCode.YES : ExitCode.NO;
  }

  private static ExitCode explain(Host host, Arguments arguments, Opened opened, String decision)
      throws IOException, UsageException, FormatException, CheckFailed {
    for (String option : arguments.values(WHAT_IF)) {
      if (!option.startsWith("exception=")) {
        throw new UsageException("--what-if takes exception=RULE, not " + option, "");
      }
    }
    List<String> rules =
        arguments.values(WHAT_IF).stream()
            .map(option -> option.substring("exception=".length()))
            .toList();
    Registry registry = opened.registry();
    var decided = registry.ask(sql -> Replay.decision(sql, registry.log(), decision, rules));
    if (opened.isJson()) {
      JsonWriter json = json(decided.decision().passed());
      DecisionView.write(json, decided);
      host.print(json.endObject() + "\n");
    } else {
      host.print(DecisionText.of(decided, true));
    }
    return decided.decision().passed() ? ExitCode.YES : ExitCode.NO;
  }
}
