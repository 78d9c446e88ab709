package dev.vidimus.cli.server;

import dev.vidimus.artifact.FormatException;
import dev.vidimus.artifact.json.JsonWriter;
import dev.vidimus.cli.args.Arguments;
import dev.vidimus.cli.args.Command;
import dev.vidimus.cli.args.Option;
import dev.vidimus.cli.args.UsageException;
import dev.vidimus.cli.host.ExitCode;
import dev.vidimus.cli.host.Host;
import dev.vidimus.cli.registry.Attempt;
import dev.vidimus.cli.registry.Opened;
import dev.vidimus.evidence.CheckFailed;
import dev.vidimus.registry.Registry;
import dev.vidimus.registry.access.Token;
import dev.vidimus.registry.access.Tokens;
import dev.vidimus.registry.statement.Role;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// `token`: what machines come in with.
public final class TokenCommand {
  private static final long LONGEST_DAYS = 366;

  private static final Option PERSON =
      Option.valued("--for", "PERSON", "In whose name it acts; the home's first person otherwise.");
  private static final Option ROLE =
      Option.valued("--role", "ROLE,…", "Which of their roles it has; none leaves pulling.");
  private static final Option ENVIRONMENT =
      Option.valued("--env", "ENVIRONMENT", "Whose promoted versions it pulls.");
  private static final Option REPOSITORY =
      Option.valued("--repository", "NAME,…", "What it may pull and publish: org/name or org/*.");
  private static final Option DAYS =
      Option.valued("--days", "N", "For how long; 90 if it is not given.");

  /// What the command understands.
  public static final Command COMMAND =
      new Command(
          "token",
          "what machines come in with at vidimus serve",
          "add LABEL | list | end ID",
          List.of(
              PERSON,
              ROLE,
              ENVIRONMENT,
              REPOSITORY,
              DAYS,
              Opened.HOME,
              Opened.DATABASE,
              Opened.FORMAT),
          """
          A token is shown when it is made, and never again: the server keeps its SHA-256 only.
          example: vidimus token add trainer --env production --repository 'acme/*'
          """);

  private TokenCommand() {}

  /// Runs the command.
  ///
  /// @param words what follows its name
  public static ExitCode run(Host host, List<String> words) throws IOException, UsageException {
    Arguments arguments = Arguments.parse(COMMAND, words);
    List<String> given = arguments.parameters();
    String verb = given.isEmpty() ? "" : given.getFirst();
    if (!(verb.equals("list") && given.size() == 1)
        && !(List.of("add", "end").contains(verb) && given.size() == 2)) {
      throw new UsageException("vidimus token takes " + COMMAND.parameters(), "");
    }
    Opened opened = new Opened(host, arguments);
    Registry registry = opened.registry();
    return Attempt.at(
        host,
        () ->
            switch (verb) {
              case "add" -> add(host, arguments, opened, registry, given.get(1));
              case "end" -> end(host, opened, registry, given.get(1));
              default -> list(host, opened, registry);
            });
  }

  private static ExitCode add(
      Host host, Arguments arguments, Opened opened, Registry registry, String label)
      throws IOException, UsageException, FormatException, CheckFailed {
    String person = arguments.value(PERSON);
    String environment = arguments.value(ENVIRONMENT);
    Token token =
        Token.fresh(
            person == null ? opened.person() : opened.id(person),
            label,
            roles(arguments),
            environment == null ? "" : environment,
            words(arguments.value(REPOSITORY)),
            Instant.now(),
            days(arguments));
    String credential = registry.issue(token);
    host.print(
        opened.isJson()
            ? new JsonWriter()
                    .object()
                    .name("schema")
                    .string("vidimus.token/1")
                    .name("token")
                    .string(credential)
                    .name("id")
                    .string(token.id())
                    .name("expires")
                    .string(token.expires().toString())
                    .endObject()
                + "\n"
            : credential + "\n");
    host.tell(
        "hint: it is "
            + token.id()
            + ", ends on "
            + token.expires()
            + ", and is not shown again\n");
    return ExitCode.YES;
  }

  private static List<String> words(@Nullable String list) {
    return list == null
        ? List.of()
        : Stream.of(list.split(",", -1)).map(String::strip).filter(w -> !w.isEmpty()).toList();
  }

  private static List<Role> roles(Arguments arguments) throws UsageException {
    List<Role> roles = new ArrayList<>();
    for (String word : words(arguments.value(ROLE))) {
      Role role = Role.ofWord(word);
      if (role == null) {
        throw new UsageException("no role: " + word, "vidimus person --help lists them");
      }
      roles.add(role);
    }
    return roles;
  }

  private static long days(Arguments arguments) throws UsageException {
    String text = arguments.value(DAYS);
    if (text == null) {
      return 90;
    }
    try {
      long days = Long.parseLong(text);
      if (days >= 1 && days <= LONGEST_DAYS) {
        return days;
      }
    } catch (NumberFormatException e) {
      // Said below.
    }
    throw new UsageException("--days " + text + ": is no number from 1 to " + LONGEST_DAYS, "");
  }

  private static ExitCode end(Host host, Opened opened, Registry registry, String id)
      throws IOException, CheckFailed {
    if (!registry.keep(sql -> new Tokens(sql).end(id, Instant.now()))) {
      throw new CheckFailed("token", "one that holds", id);
    }
    host.print(
        opened.isJson()
            ? new JsonWriter()
                    .object()
                    .name("schema")
                    .string("vidimus.token/1")
                    .name("ended")
                    .string(id)
                    .endObject()
                + "\n"
            : id + " opens nothing any more\n");
    return ExitCode.YES;
  }

  private static ExitCode list(Host host, Opened opened, Registry registry)
      throws IOException, FormatException, CheckFailed {
    registry.keep(sql -> true); // the table is there from now on
    List<Token> tokens = registry.ask(sql -> new Tokens(sql).all());
    JsonWriter json = new JsonWriter().object().name("schema").string("vidimus.token/1");
    json.name("tokens").array();
    StringBuilder text = new StringBuilder();
    for (Token token : tokens) {
      String roles = token.roles().stream().map(Role::word).collect(Collectors.joining(","));
      json.object().name("id").string(token.id()).name("person").string(token.person());
      json.name("label").string(token.label()).name("roles").string(roles);
      json.name("environment").string(token.environment()).name("repositories");
      json.string(String.join(",", token.repositories()));
      json.name("expires").string(token.expires().toString());
      json.name("ended").bool(token.ended()).endObject();
      text.append(token.id()).append("  ").append(token.label()).append("  of ");
      text.append(opened.name(token.person())).append("  ").append(roles);
      text.append(token.environment().isEmpty() ? "" : "  pulls " + token.environment());
      text.append("  ").append(String.join(",", token.repositories()));
      text.append(token.ended() ? "  ended" : "  until " + token.expires()).append('\n');
    }
    host.print(opened.isJson() ? json.endArray().endObject() + "\n" : text.toString());
    return ExitCode.YES;
  }
}
