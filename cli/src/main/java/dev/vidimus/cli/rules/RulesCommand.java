package dev.vidimus.cli.rules;

import dev.vidimus.artifact.Rule;
import dev.vidimus.artifact.json.JsonWriter;
import dev.vidimus.cli.args.Arguments;
import dev.vidimus.cli.args.Command;
import dev.vidimus.cli.args.Nearest;
import dev.vidimus.cli.args.Option;
import dev.vidimus.cli.args.UsageException;
import dev.vidimus.cli.host.ExitCode;
import dev.vidimus.cli.host.Host;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Lists all rules, or explains those that are named.
public final class RulesCommand {
  private static final Option FORMAT =
      Option.choice("--format", List.of("text", "json"), "How to print; text if it is not given.");

  /// What the command understands.
  public static final Command COMMAND =
      new Command(
          "rules",
          "what can be reported, and what each of it means",
          "[ID…]",
          List.of(FORMAT),
          """
          examples:
            vidimus rules                  all rules, one a line
            vidimus rules VID-PICKLE-001   what it means, why it matters, what to do
          """);

  private RulesCommand() {}

  /// Runs the command.
  ///
  /// @param words what follows its name
  public static ExitCode run(Host host, List<String> words) throws IOException, UsageException {
    Arguments arguments = Arguments.parse(COMMAND, words);
    List<Rule> chosen = new ArrayList<>();
    for (String id : arguments.parameters()) {
      chosen.add(find(id));
    }
    if ("json".equals(arguments.value(FORMAT))) {
      host.print(json(chosen.isEmpty() ? Catalogue.all() : chosen));
    } else if (chosen.isEmpty()) {
      host.print(list());
    } else {
      for (Rule rule : chosen) {
        host.print(explain(rule));
      }
    }
    return ExitCode.YES;
  }

  private static Rule find(String id) throws UsageException {
    Rule rule = Catalogue.find(id.toUpperCase(Locale.ROOT));
    if (rule != null) {
      return rule;
    }
    List<String> ids = new ArrayList<>();
    for (Rule known : Catalogue.all()) {
      ids.add(known.id().text());
    }
    String nearest = Nearest.to(id.toUpperCase(Locale.ROOT), ids);
    throw new UsageException(
        "no rule " + id,
        nearest == null ? "vidimus rules lists them" : "did you mean " + nearest + "?");
  }

  private static String list() {
    List<Rule> rules = Catalogue.all();
    int widest = 0;
    for (Rule rule : rules) {
      widest = Math.max(widest, rule.id().text().length());
    }
    StringBuilder text = new StringBuilder();
    for (Rule rule : rules) {
      String id = rule.id().text();
      String level = word(rule);
      text.append(id).repeat(' ', widest + 2 - id.length());
      text.append(level).repeat(' ', 10 - level.length()).append(rule.title()).append('\n');
    }
    return text.toString();
  }

  private static String word(Rule rule) {
    return rule.level().name().toLowerCase(Locale.ROOT);
  }

  private static String json(List<Rule> rules) {
    JsonWriter json = new JsonWriter();
    json.object().name("schema").string("vidimus.rules/1").name("rules").array();
    for (Rule rule : rules) {
      json.object().name("id").string(rule.id().text());
      json.name("title").string(rule.title());
      json.name("level").string(word(rule));
      json.name("implies").string(rule.implies().word());
      json.name("cwe").string(rule.cwe());
      json.name("atlas").string(rule.atlas());
      json.name("owasp").string(rule.owasp());
      json.name("fix").string(rule.fix()).endObject();
    }
    return json.endArray().endObject() + "\n";
  }

  /// The rule's page, or what its catalogue says where the page is not packaged.
  private static String explain(Rule rule) throws IOException {
    try (InputStream page =
        RulesCommand.class.getResourceAsStream("/findings/" + rule.id().text() + ".md")) {
      if (page != null) {
        return new String(page.readAllBytes(), StandardCharsets.UTF_8);
      }
    }
    return "# "
        + rule.id()
        + ": "
        + rule.title()
        + "\n\nLevel "
        + word(rule)
        + "; makes a file "
        + rule.implies().word()
        + ". "
        + rule.cwe()
        + " "
        + rule.atlas()
        + " "
        + rule.owasp()
        + "\n\n"
        + rule.fix()
        + "\n";
  }
}
