package dev.vidimus.cli.inventory;

import dev.vidimus.artifact.Bytes;
import dev.vidimus.artifact.FileBytes;
import dev.vidimus.artifact.Finding;
import dev.vidimus.artifact.FormatException;
import dev.vidimus.artifact.Printable;
import dev.vidimus.artifact.Verdict;
import dev.vidimus.artifact.json.JsonWriter;
import dev.vidimus.cli.args.Arguments;
import dev.vidimus.cli.args.Command;
import dev.vidimus.cli.args.Option;
import dev.vidimus.cli.args.UsageException;
import dev.vidimus.cli.host.ExitCode;
import dev.vidimus.cli.host.Host;
import dev.vidimus.inventory.card.Card;
import dev.vidimus.inventory.card.Card.Edge;
import dev.vidimus.inventory.card.Card.Metric;
import dev.vidimus.inventory.card.CardReader;
import dev.vidimus.inventory.card.Observed;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// Says what a card claims.
public final class CardCommand {
  private static final int SHOWN = 200;
  private static final Option FORMAT =
      Option.choice("--format", List.of("text", "json"), "How to print; text if it is not given.");

  /// What the command understands.
  public static final Command COMMAND =
      new Command(
          "card",
          "what does a model or dataset card claim, and what does it leave out?",
          "FILE",
          List.of(FORMAT),
          """
          FILE is a card, usually README.md. Everything in it is declared: whether a model was made
          from its base is what vidimus compare answers. A README.md is compared with what the weights
          and adapters beside it say of licence and base.

          exit codes: 0 read; 1 its front matter is no plain data; 2 the file could not be read
          """);

  private static final String CARD = "README.md";

  private CardCommand() {}

  /// Runs the command.
  ///
  /// @param words what follows its name
  public static ExitCode run(Host host, List<String> words) throws IOException, UsageException {
    Arguments arguments = Arguments.parse(COMMAND, words);
    if (arguments.parameters().size() != 1) {
      throw new UsageException("vidimus card takes one FILE", "");
    }
    String name = arguments.parameters().getFirst();
    try (Bytes bytes = FileBytes.open(host.folder().resolve(name))) {
      Card claims = CardReader.read(bytes, name);
      List<Finding> findings = new ArrayList<>(claims.findings());
      if (name.endsWith(CARD)) { // files beside anything else are not about the same model
        findings.addAll(Observed.beside(host.folder().resolve(name)).against(claims, name));
      }
      Card card = claims.finding(findings);
      host.print("json".equals(arguments.value(FORMAT)) ? json(card) + "\n" : text(card));
      boolean isPlain =
          card.findings().stream().noneMatch(finding -> finding.implies() == Verdict.INVALID);
      return isPlain ? ExitCode.YES : ExitCode.NO;
    } catch (FormatException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  private static JsonWriter json(Card card) {
    JsonWriter json = new JsonWriter().object().name("schema").string("vidimus.card/1");
    json.name("edges").array();
    for (Edge edge : card.edges()) {
      json.object().name("relation").string(edge.relation().name());
      json.name("parent").string(edge.parent()).name("resolvable").bool(edge.isResolvable());
      json.name("known").string("declared").endObject();
    }
    json.endArray().name("datasets").array();
    card.datasets().forEach(json::string);
    json.endArray().name("metrics").array();
    for (Metric metric : card.metrics()) {
      json.object().name("task").string(metric.task()).name("dataset").string(metric.dataset());
      json.name("type").string(metric.type()).name("value").string(metric.value());
      json.name("verified").bool(metric.isVerified()).endObject();
    }
    json.endArray().name("licence").string(card.licence());
    DepsOutput.findings(json, card.findings());
    return json.endObject();
  }

  private static String text(Card card) {
    StringBuilder text = new StringBuilder("licence   ");
    text.append(card.licence().isEmpty() ? "none" : Printable.of(card.licence(), SHOWN));
    text.append('\n');
    for (Edge edge : card.edges()) {
      text.append("declared  ").append(edge.relation()).append(' ');
      text.append(Printable.of(edge.parent(), SHOWN));
      text.append(edge.isResolvable() ? "\n" : "  (cannot be looked up)\n");
    }
    for (String dataset : card.datasets()) {
      text.append("dataset   ").append(Printable.of(dataset, SHOWN)).append('\n');
    }
    for (Metric metric : card.metrics()) {
      String line = metric.type() + " " + metric.value() + " on " + metric.dataset();
      text.append("metric    ").append(Printable.of(line, SHOWN));
      text.append(metric.isVerified() ? "  (said to be verified)\n" : "\n");
    }
    DepsOutput.lines(text, card.findings());
    return text.toString();
  }
}
