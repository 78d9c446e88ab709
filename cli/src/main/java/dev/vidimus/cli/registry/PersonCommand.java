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
import dev.vidimus.evidence.keys.KeyFile;
import dev.vidimus.evidence.keys.VerifyingKey;
import dev.vidimus.registry.question.Persons;
import dev.vidimus.registry.statement.Role;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Who is known, and what they may do.
public final class PersonCommand {
  private static final Option ROLE =
      Option.valued(
          "--role",
          "ROLE,…",
          "submitter, reviewer, security, release, deployer, auditor, admin; reviewer otherwise.");
  private static final Option KEY =
      Option.valued(
          "--key", "FILE", "Their public key; otherwise a key pair is made in HOME/keys/people.");
  private static final Option SERVICE =
      Option.toggle("--service", "", "A machine: it approves nothing.");

  private static final Option INVITE =
      Option.toggle(
          "--invite", "", "They come in at vidimus serve, by what is printed, within three days.");

  /// What the command understands.
  public static final Command COMMAND =
      new Command(
          "person",
          "who is known, and what they may do",
          "add NAME | list | remove NAME",
          List.of(
              Opened.HOME,
              Opened.DATABASE,
              Opened.AS,
              ROLE,
              KEY,
              SERVICE,
              INVITE,
              Passphrase.OPTION,
              Opened.FORMAT),
          """
          Each change is a statement in the ledger, signed by an admin. The ledger knows people by
          opaque ids; names lie in HOME/people.tsv, where one can be forgotten.
          example: vidimus person add alice --role reviewer,security
          """);

  private PersonCommand() {}

  /// Runs the command.
  ///
  /// @param words what follows its name
  public static ExitCode run(Host host, List<String> words) throws IOException, UsageException {
    Arguments arguments = Arguments.parse(COMMAND, words);
    List<String> given = arguments.parameters();
    String verb = given.isEmpty() ? "" : given.getFirst();
    if (!(verb.equals("list") && given.size() == 1)
        && !(List.of("add", "remove").contains(verb) && given.size() == 2)) {
      throw new UsageException("vidimus person takes " + COMMAND.parameters(), "");
    }
    Opened opened = new Opened(host, arguments);
    return Attempt.at(
        host,
        () ->
            switch (verb) {
              case "add" -> add(host, arguments, opened, given.get(1));
              case "remove" -> remove(host, opened, given.get(1));
              default -> list(host, opened);
            });
  }

  private static ExitCode add(Host host, Arguments arguments, Opened opened, String name)
      throws IOException, UsageException, FormatException, CheckFailed {
    List<Role> roles = roles(arguments.value(ROLE));
    String file = arguments.value(KEY);
    if (arguments.has(INVITE)) {
      if (file != null || arguments.has(SERVICE)) {
        throw new UsageException("--invite is for people whose key is made here", "");
      }
      return invite(host, opened, opened.registry().invite(opened.actor(), name, roles));
    }
    VerifyingKey key = file == null ? null : KeyFile.readPublic(host.folder().resolve(file), null);
    String id =
        opened
            .registry()
            .enrol(
                opened.actor(),
                name,
                roles,
                arguments.has(SERVICE),
                key,
                Passphrase.of(host, arguments));
    host.print(
        opened.isJson()
            ? new JsonWriter()
                    .object()
                    .name("schema")
                    .string("vidimus.person/1")
                    .name("id")
                    .string(id)
                    .name("name")
                    .string(name)
                    .endObject()
                + "\n"
            : name + " is " + id + "\n");
    return ExitCode.YES;
  }

  private static ExitCode invite(Host host, Opened opened, String invitation) throws IOException {
    host.print(
        opened.isJson()
            ? new JsonWriter()
                    .object()
                    .name("schema")
                    .string("vidimus.person/1")
                    .name("invitation")
                    .string(invitation)
                    .endObject()
                + "\n"
            : invitation + "\n");
    host.tell("hint: they open the server's page /join and enter it there; it works once\n");
    return ExitCode.YES;
  }

  private static List<Role> roles(@Nullable String words) throws UsageException {
    List<Role> roles = new ArrayList<>();
    for (String word : words == null ? new String[] {"reviewer"} : words.split(",", -1)) {
      Role role = Role.ofWord(word.strip());
      if (role == null) {
        throw new UsageException("no role: " + word, "vidimus person --help lists them");
      }
      roles.add(role);
    }
    return roles;
  }

  private static ExitCode remove(Host host, Opened opened, String name)
      throws IOException, UsageException, FormatException, CheckFailed {
    String id = opened.id(name);
    opened.registry().dismiss(opened.actor(), id);
    host.print(name + " (" + id + ") may do nothing any more; what they did stands\n");
    return ExitCode.YES;
  }

  private static ExitCode list(Host host, Opened opened)
      throws IOException, UsageException, FormatException, CheckFailed {
    List<Persons.Person> persons = opened.registry().ask(sql -> new Persons(sql).all());
    if (!opened.isJson()) {
      for (Persons.Person person : persons) {
        host.print(
            person.id()
                + "  "
                + opened.name(person.id())
                + "  "
                + (person.service() ? "service" : String.join(",", person.roles()))
                + (person.removed() ? "  removed" : "")
                + "\n");
      }
      return ExitCode.YES;
    }
    JsonWriter json = new JsonWriter().object().name("schema").string("vidimus.person/1");
    json.name("people").array();
    for (Persons.Person person : persons) {
      json.object().name("id").string(person.id()).name("name").string(opened.name(person.id()));
      json.name("roles").array();
      person.roles().forEach(json::string);
      json.endArray().name("service").bool(person.service());
      json.name("removed").bool(person.removed()).endObject();
    }
    host.print(json.endArray().endObject() + "\n");
    return ExitCode.YES;
  }
}
