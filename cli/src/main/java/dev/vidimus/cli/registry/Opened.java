package dev.vidimus.cli.registry;

import dev.vidimus.artifact.FormatException;
import dev.vidimus.cli.args.Arguments;
import dev.vidimus.cli.args.Option;
import dev.vidimus.cli.args.UsageException;
import dev.vidimus.cli.host.HomeFolder;
import dev.vidimus.cli.host.Host;
import dev.vidimus.cli.sign.Passphrase;
import dev.vidimus.evidence.keys.KeyFile;
import dev.vidimus.registry.Registry;
import dev.vidimus.registry.home.Home;
import dev.vidimus.registry.home.People;
import dev.vidimus.registry.lifecycle.Actor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/// The registry of this command, and who acts in it.
public final class Opened {
  public static final Option HOME =
      Option.valued(
          "--home", "FOLDER", "The registry; VIDIMUS_HOME, or vidimus in the user's data folder.");
  public static final Option DATABASE =
      Option.valued(
          "--db", "ADDRESS", "jdbc:postgresql://… instead of the home's own database; VIDIMUS_DB.");
  public static final Option AS =
      Option.valued(
          "--as", "PERSON", "Who acts, by name or id; the home's first person otherwise.");
  public static final Option FORMAT =
      Option.choice("--format", List.of("text", "json"), "How to print; text if it is not given.");

  /// What every command of this package understands.
  static final List<Option> COMMON = List.of(HOME, DATABASE, FORMAT);

  private final Host host;
  private final Arguments arguments;
  private final Home home;
  private Map<String, String> names = Map.of();

  public Opened(Host host, Arguments arguments) {
    this.host = host;
    this.arguments = arguments;
    String given = arguments.value(HOME);
    this.home = new Home(given == null ? HomeFolder.of(host) : host.folder().resolve(given));
  }

  public Home home() {
    return home;
  }

  /// The registry, which must have been begun.
  public Registry registry() throws IOException, UsageException {
    if (!home.exists()) {
      throw new UsageException("there is no registry at " + home.root(), "vidimus init begins one");
    }
    return registryToBegin();
  }

  /// The registry, begun now if it was not.
  public Registry registryOrNew() throws IOException, FormatException {
    Registry registry = registryToBegin();
    if (!home.exists()) {
      String admin = registry.init(userName(), Passphrase.of(host, arguments));
      host.tell("vidimus: began a registry at " + home.root() + " with the admin " + admin + "\n");
    }
    return registry;
  }

  /// The registry, which need not have been begun.
  Registry registryToBegin() {
    String database = arguments.value(DATABASE);
    if (database == null) {
      database = host.variable("VIDIMUS_DB");
    }
    return Registry.open(home, database, host.version(), host.processors(), InstantSource.system());
  }

  /// Who this user is called.
  String userName() {
    String user = host.variable("USER");
    return People.isName(user) ? user : "admin";
  }

  /// The id that a name or an id means.
  public String id(String word) throws IOException, UsageException {
    String id = new People(home.names()).id(word);
    if (id == null) {
      throw new UsageException(word + ": nobody is called so", "vidimus person list");
    }
    return id;
  }

  /// The id of whoever acts.
  public String person() throws IOException, UsageException {
    String given = arguments.value(AS);
    if (given != null) {
      return id(given);
    }
    Map<String, String> names = new People(home.names()).names();
    for (String id : names.keySet()) {
      if (Files.exists(home.personKey(id))) {
        return id;
      }
    }
    throw new UsageException("nobody's key lies in " + home.keys(), "vidimus person add NAME");
  }

  /// Whoever acts, with their key.
  public Actor actor() throws IOException, UsageException, FormatException {
    String id = person();
    Path key = home.personKey(id);
    if (!Files.exists(key)) {
      throw new UsageException("the key of " + id + " does not lie at " + key, "");
    }
    return new Actor(id, KeyFile.read(key, Passphrase.of(host, arguments)));
  }

  /// A display name.
  public String name(String id) throws IOException {
    if (names.isEmpty()) {
      names = new People(home.names()).names();
    }
    return names.getOrDefault(id, id);
  }

  public boolean isJson() {
    return "json".equals(arguments.value(FORMAT));
  }
}
