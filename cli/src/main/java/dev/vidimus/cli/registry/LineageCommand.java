package dev.vidimus.cli.registry;

import dev.vidimus.artifact.json.JsonWriter;
import dev.vidimus.cli.args.Arguments;
import dev.vidimus.cli.args.Command;
import dev.vidimus.cli.args.Option;
import dev.vidimus.cli.args.UsageException;
import dev.vidimus.cli.host.ExitCode;
import dev.vidimus.cli.host.Host;
import dev.vidimus.lineage.graph.Direction;
import dev.vidimus.registry.Registry;
import dev.vidimus.registry.question.LineageMap;
import dev.vidimus.registry.question.LineageStory;
import dev.vidimus.registry.view.LineageView;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `lineage`: what something was made from, and what was made from it.
public final class LineageCommand {
  private static final Option UP = Option.toggle("--up", "", "Only what it was made from.");
  private static final Option DOWN =
      Option.toggle("--down", "", "Only what was made from it, and where that runs.");
  private static final Option PLAN =
      Option.toggle(
          "--revoke-plan", "", "Also the order in which everything below is taken out of use.");
  private static final Option FORMAT =
      Option.choice(
          "--format",
          List.of("text", "json", "dot", "mermaid"),
          "How to print; text if it is not given.");

  /// What the command understands.
  public static final Command COMMAND =
      new Command(
          "lineage",
          "what was it made from, what was made from it, and what of that is proven?",
          "REF",
          List.of(UP, DOWN, PLAN, Opened.HOME, Opened.DATABASE, FORMAT),
          """
          REF is an artifact, or model:NAME, dataset:NAME, code:NAME, tool:NAME for what is named by
          artifacts and is not in the registry. An edge is verified (it was computed again),
          attested, declared (somebody says so) or refuted (it was computed, and is false).
          example: vidimus lineage my-model --down --revoke-plan
          example: vidimus lineage my-model --format dot | dot -Tsvg
          """);

  private LineageCommand() {}

  /// Runs the command.
  ///
  /// @param words what follows its name
  public static ExitCode run(Host host, List<String> words) throws IOException, UsageException {
    Arguments arguments = Arguments.parse(COMMAND, words);
    boolean up = arguments.has(UP);
    boolean down = arguments.has(DOWN);
    if (arguments.parameters().size() != 1) {
      throw new UsageException("vidimus lineage takes one REF", "");
    }
    if (up && down) {
      throw new UsageException("--up and --down exclude each other", "neither shows both");
    }
    Registry registry = new Opened(host, arguments).registry();
    String ref = arguments.parameters().getFirst();
    Direction only = up ? Direction.UP : down ? Direction.DOWN : null;
    return Attempt.at(
        host,
        () -> {
          LineageMap map = registry.lineage();
          String key = map.id(ref) != null ? ref : registry.resolve(ref).snapshot();
          boolean hasPlan = arguments.has(PLAN);
          LineageStory story =
              registry.ask(sql -> LineageStory.of(sql, map, key, only, LineageStory.MOST, hasPlan));
          host.print(printed(story, only, arguments.value(FORMAT)));
          return ExitCode.YES;
        });
  }

  private static String printed(
      LineageStory story, @Nullable Direction only, @Nullable String format) {
    return switch (format == null ? "text" : format) {
      case "json" -> {
        JsonWriter json = new JsonWriter().object().name("schema").string("vidimus.lineage/1");
        LineageView.members(json, story);
        yield json.endObject() + "\n";
      }
      case "dot" -> LineageDrawing.dot(story);
      case "mermaid" -> LineageDrawing.mermaid(story);
      default -> LineageText.of(story, only);
    };
  }
}
