package dev.vidimus.cli.server;

import dev.vidimus.artifact.Bytes;
import dev.vidimus.artifact.FormatException;
import dev.vidimus.artifact.Printable;
import dev.vidimus.artifact.json.Json;
import dev.vidimus.artifact.json.JsonLimits;
import dev.vidimus.artifact.json.JsonValue.JsonObject;
import dev.vidimus.artifact.json.JsonWriter;
import dev.vidimus.cli.args.Arguments;
import dev.vidimus.cli.args.Command;
import dev.vidimus.cli.args.UsageException;
import dev.vidimus.cli.host.ExitCode;
import dev.vidimus.cli.host.Host;
import dev.vidimus.cli.sign.KeyOption;
import dev.vidimus.cli.sign.Passphrase;
import dev.vidimus.evidence.dsse.Envelope;
import dev.vidimus.evidence.keys.SigningKey;
import dev.vidimus.server.identity.KeyLogin;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Locale;

/// `login`: signs in at a server with a key that stays on this machine.
public final class LoginCommand {
  private static final int LONGEST = 64 << 10;
  private static final int PRINTED = 300;
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final JsonLimits LIMITS = new JsonLimits(LONGEST, 8, 1_000, LONGEST, 100);

  /// What the command understands.
  public static final Command COMMAND =
      new Command(
          "login",
          "sign in at a server with your own key",
          "URL",
          List.of(KeyOption.OPTION, Passphrase.OPTION),
          """
          Prints a link that signs a browser in once, within two minutes. URL is the server's address
          as you know it: what is signed names it, so that nobody in between can use it elsewhere.
          An admin made the key known: vidimus person add NAME --key PUBLIC.

          example: vidimus login https://models.example.com --key me.pem
          """);

  private LoginCommand() {}

  /// Runs the command.
  ///
  /// @param words what follows its name
  public static ExitCode run(Host host, List<String> words) throws IOException, UsageException {
    Arguments arguments = Arguments.parse(COMMAND, words);
    String file = arguments.value(KeyOption.OPTION);
    if (arguments.parameters().size() != 1 || file == null) {
      throw new UsageException("vidimus login takes one URL and --key", "");
    }
    String origin = origin(arguments.parameters().getFirst());
    try (HttpClient client = HttpClient.newBuilder().connectTimeout(PATIENCE).build()) {
      SigningKey key = KeyOption.read(host, arguments, file);
      URI address = URI.create(origin + "/api/v1/login");
      JsonObject asked = ask(client, HttpRequest.newBuilder(address).GET());
      String challenge = text(asked, "challenge");
      String itsOrigin = text(object(challenge.getBytes(StandardCharsets.UTF_8)), "origin");
      if (!itsOrigin.equals(origin)) {
        host.tell(
            "vidimus: "
                + origin
                + " asks to sign in at "
                + Printable.of(itsOrigin, PRINTED)
                + "; nothing was signed\nhint: say the address that the server knows as its own"
                + " (--public-address), if you trust it\n");
        return ExitCode.NO;
      }
      byte[] signature =
          key.sign(Envelope.pae(KeyLogin.TYPE, challenge.getBytes(StandardCharsets.UTF_8)));
      JsonWriter answer = new JsonWriter().object().name("challenge").string(challenge);
      answer.name("key").string(key.verifying().hint()).name("signature");
      answer.string(Base64.getEncoder().encodeToString(signature)).endObject();
      JsonObject answered =
          ask(
              client,
              HttpRequest.newBuilder(address)
                  .header("Content-Type", "application/json")
                  .POST(HttpRequest.BodyPublishers.ofString(answer.toString())));
      String link = text(answered, "link");
      if (!link.startsWith(origin + "/")) {
        throw new IOException(origin + ": leads elsewhere: " + Printable.of(link, PRINTED));
      }
      host.print(Printable.of(link, PRINTED) + "\n");
      host.tell("hint: open it in a browser within two minutes; it works once\n");
      return ExitCode.YES;
    } catch (ConnectException e) {
      throw new IOException(origin + ": cannot be connected to", e);
    } catch (FormatException e) {
      throw new IOException(e.getMessage(), e);
    } catch (Refused e) {
      host.tell("vidimus: " + e.getMessage() + "\n");
      return ExitCode.NO;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  /// Scheme, host and port as a server writes its own.
  private static String origin(String text) throws UsageException {
    URI url;
    try {
      url = URI.create(text.endsWith("/") ? text.substring(0, text.length() - 1) : text);
    } catch (IllegalArgumentException e) {
      throw new UsageException(text + ": is no URL", "such as https://models.example.com");
    }
    String scheme = String.valueOf(url.getScheme()).toLowerCase(Locale.ROOT);
    String host = String.valueOf(url.getHost()).toLowerCase(Locale.ROOT);
    boolean plain = url.getRawUserInfo() == null && url.getRawQuery() == null;
    if (url.getHost() == null || !plain || !String.valueOf(url.getRawPath()).isEmpty()) {
      throw new UsageException(
          text + ": is no address of a server", "scheme, host and port, and nothing else");
    }
    boolean here = new Listening(host, 0).isLoopback();
    if (!scheme.equals("https") && !(scheme.equals("http") && here)) {
      throw new UsageException(
          text + ": without TLS anybody on the way could take the link", "https://" + host);
    }
    return scheme + "://" + host + (url.getPort() < 0 ? "" : ":" + url.getPort());
  }

  /// A server that says no.
  private static final class Refused extends Exception {
    private static final long serialVersionUID = 1L;

    Refused(String message) {
      super(message);
    }
  }

  private static JsonObject ask(HttpClient client, HttpRequest.Builder request)
      throws IOException, FormatException, InterruptedException, Refused {
    HttpResponse<InputStream> answer =
        client.send(request.timeout(PATIENCE).build(), HttpResponse.BodyHandlers.ofInputStream());
    byte[] body;
    try (InputStream in = answer.body()) {
      body = in.readNBytes(LONGEST);
    }
    int status = answer.statusCode();
    if (status / 100 == 2) {
      return object(body);
    }
    String why = new String(body, StandardCharsets.UTF_8);
    try {
      why = text(object(body), "detail");
    } catch (FormatException e) {
      // Not in our own form: shown as it is.
    }
    throw new Refused(
        answer.uri().getAuthority() + ": status " + status + ": " + Printable.of(why, PRINTED));
  }

  private static JsonObject object(byte[] text) throws IOException, FormatException {
    if (Json.parse(Bytes.of(text), "answer", LIMITS) instanceof JsonObject object) {
      return object;
    }
    throw new FormatException.Malformed("answer", 0, "is no JSON object");
  }

  private static String text(JsonObject object, String name) throws FormatException {
    String text = object.string(name);
    if (text == null) {
      throw new FormatException.Malformed("answer", 0, "has no text " + name);
    }
    return text;
  }
}
