package dev.vidimus.cli.server;

import dev.vidimus.artifact.FormatException;
import dev.vidimus.cli.args.Arguments;
import dev.vidimus.cli.args.Command;
import dev.vidimus.cli.args.Option;
import dev.vidimus.cli.args.UsageException;
import dev.vidimus.cli.host.ExitCode;
import dev.vidimus.cli.host.Host;
import dev.vidimus.cli.registry.Opened;
import dev.vidimus.cli.sign.Passphrase;
import dev.vidimus.evidence.CheckFailed;
import dev.vidimus.registry.Registry;
import dev.vidimus.registry.access.Token;
import dev.vidimus.registry.access.Tokens;
import dev.vidimus.registry.intake.Refusal;
import dev.vidimus.registry.statement.Role;
import dev.vidimus.server.Server;
import dev.vidimus.server.http.HttpServer;
import dev.vidimus.server.hub.HubSettings;
import dev.vidimus.server.job.Sources;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/// `serve`: one process for a team.
public final class ServeCommand {
  private static final String LOCAL = "admin of this machine";
  private static final long LOCAL_DAYS = 365;

  private static final Option LISTEN =
      Option.valued("--listen", "HOST:PORT", "Where; 127.0.0.1:8420 if it is not given.");
  private static final Option CERTIFICATE =
      Option.valued("--tls-certificate", "FILE", "PEM: the server's, then those above it.");
  private static final Option KEY =
      Option.valued("--tls-key", "FILE", "PEM: the private key, PKCS#8, not encrypted.");
  private static final Option BEHIND_PROXY =
      Option.toggle("--behind-proxy", "", "Something in front of it does TLS.");
  private static final Option PUBLIC =
      Option.valued(
          "--public-address",
          "URL",
          "By which callers know it, such as https://models.example.com.");
  private static final Option ALLOW_PRIVATE =
      Option.toggle("--allow-private", "", "Hubs may lead to addresses of the own network.");
  private static final Option ALLOW_INSECURE =
      Option.toggle("--allow-insecure", "", "Hubs may be talked to without TLS.");
  private static final Option UPSTREAM =
      Option.valued(
          "--upstream",
          "PREFIX",
          "hf:// or hub://HOST/: from where a model comes that a client asks for and nobody"
              + " brought.");
  private static final Option INTAKE =
      Option.valued(
          "--intake", "NAME,…", "Which names that may be, org/name or org/*; all otherwise.");
  private static final Option SUBMITTER =
      Option.valued(
          "--submitter", "PERSON", "In whose name; otherwise whoever asks, if they may submit.");
  private static final Option QUIET = Option.toggle("--quiet", "-q", "No access log.");

  /// What the command understands.
  public static final Command COMMAND =
      new Command(
          "serve",
          "one server for a team: API, pages, hub protocol",
          "",
          List.of(
              LISTEN,
              CERTIFICATE,
              KEY,
              BEHIND_PROXY,
              PUBLIC,
              UPSTREAM,
              INTAKE,
              SUBMITTER,
              ALLOW_PRIVATE,
              ALLOW_INSECURE,
              QUIET,
              Opened.HOME,
              Opened.DATABASE,
              Passphrase.OPTION),
          """
          On this machine alone it needs nothing: it begins a registry if there is none, and prints a
          token of its admin once. Anywhere else it needs TLS; people come in by an invitation
          (vidimus person add NAME --invite), machines by a token (vidimus token add).
          HF_ENDPOINT names the hub that hf:// means; HF_TOKEN is sent to that one only.
          The access log goes to standard output, a JSON object a line. SIGTERM ends it: running
          requests are answered first.

          example: vidimus serve
          example: vidimus serve --listen 0.0.0.0:443 --tls-certificate c.pem --tls-key k.pem
          """);

  private ServeCommand() {}

  /// Runs the command.
  ///
  /// @param words what follows its name
  public static ExitCode run(Host host, List<String> words) throws IOException, UsageException {
    Arguments arguments = Arguments.parse(COMMAND, words);
    if (!arguments.parameters().isEmpty()) {
      throw new UsageException("vidimus serve takes options only", "");
    }
    String listen = arguments.value(LISTEN);
    Listening listening = Listening.parse(listen == null ? "127.0.0.1:8420" : listen);
    SSLContext tls = tls(host, arguments);
    if (!listening.isLoopback() && tls == null && !arguments.has(BEHIND_PROXY)) {
      throw new UsageException(
          "--listen " + listening.host() + ": others could read every token on the way",
          "--tls-certificate and --tls-key, or --behind-proxy if something else does TLS");
    }
    Opened opened = new Opened(host, arguments);
    try {
      return serve(host, arguments, opened, listening, tls);
    } catch (FormatException | CheckFailed e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  private static ExitCode serve(
      Host host, Arguments arguments, Opened opened, Listening listening, @Nullable SSLContext tls)
      throws IOException, UsageException, FormatException, CheckFailed {
    InstantSource clock = InstantSource.system();
    Registry registry = opened.registryOrNew();
    String address = arguments.value(PUBLIC);
    HttpServer.Settings settings =
        new HttpServer.Settings(
            listening.host(),
            listening.port(),
            tls,
            address == null ? "" : address,
            arguments.has(QUIET) ? line -> {} : new LineLog(host),
            line -> host.tell("vidimus: " + line + "\n"));
    Server server =
        Server.start(
            registry,
            sources(host, arguments),
            hub(arguments, opened),
            settings,
            host.version(),
            clock);
    String scheme = tls == null ? "http://" : "https://";
    host.tell("vidimus: serves at " + scheme + listening.host() + ":" + server.port() + "\n");
    if (listening.isLoopback()) {
      localToken(host, registry, opened.person(), clock);
    }
    host.untilEnded(server);
    return ExitCode.YES;
  }

  private static @Nullable SSLContext tls(Host host, Arguments arguments)
      throws IOException, UsageException {
    String certificate = arguments.value(CERTIFICATE);
    String key = arguments.value(KEY);
    if (certificate == null && key == null) {
      return null;
    }
    if (certificate == null || key == null) {
      throw new UsageException("--tls-certificate and --tls-key belong together", "");
    }
    return TlsFiles.read(host.folder().resolve(certificate), host.folder().resolve(key));
  }

  private static HubSettings hub(Arguments arguments, Opened opened)
      throws IOException, UsageException {
    String upstream = arguments.value(UPSTREAM);
    if (upstream == null) {
      return HubSettings.CLOSED;
    }
    String intake = arguments.value(INTAKE);
    String submitter = arguments.value(SUBMITTER);
    try {
      return HubSettings.CLOSED.fetching(
          upstream,
          List.of((intake == null ? "*" : intake).split(",", -1)),
          submitter == null ? "" : opened.id(submitter));
    } catch (Refusal e) {
      throw new UsageException(String.valueOf(e.getMessage()), e.hint());
    }
  }

  private static Sources sources(Host host, Arguments arguments) {
    return new HubSources(
        host.variable("HF_ENDPOINT"),
        host.variable("HF_TOKEN").strip(),
        arguments.has(ALLOW_INSECURE),
        arguments.has(ALLOW_PRIVATE));
  }

  /// A token for whoever starts the server on their own machine, printed when it is made.
  private static void localToken(Host host, Registry registry, String admin, InstantSource clock)
      throws IOException, FormatException, CheckFailed {
    Instant now = clock.instant();
    boolean known =
        registry.ask(
            sql ->
                new Tokens(sql)
                    .all().stream()
                        .anyMatch(token -> token.label().equals(LOCAL) && token.holds(now)));
    if (known) {
      host.tell("hint: the admin's token was printed before; vidimus token add makes another\n");
      return;
    }
    String credential =
        registry.issue(
            Token.fresh(
                admin, LOCAL, List.of(Role.values()), "internal", List.of("*"), now, LOCAL_DAYS));
    host.tell("vidimus: the admin's token, shown this once: " + credential + "\n");
  }
}
