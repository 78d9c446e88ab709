package dev.vidimus.registry.hub;

import dev.vidimus.artifact.Bytes;
import dev.vidimus.artifact.Printable;
import dev.vidimus.registry.intake.Refusal;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;

/// Requests to one hub, and to where it redirects. The token goes to the hub itself and, once a
/// redirect has led elsewhere, nowhere any more.
final class Connection implements AutoCloseable {
  private static final int PRINTED = 200;

  private final HubAddress address;
  private final String token;
  private final Reach reach;
  private final HubLimits limits;
  private final HttpClient client;
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().factory());

  /// @param token sent if this is the configured hub; empty if there is none
  Connection(HubAddress address, String token, Reach reach, HubLimits limits) {
    this.address = address;
    this.token = address.configured() ? token : "";
    this.reach = reach;
    this.limits = limits;
    // No proxy: addresses are checked here, and a proxy would look them up once more.
    this.client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .proxy(HttpClient.Builder.NO_PROXY)
            .connectTimeout(limits.patience())
            .build();
  }

  /// @throws Refusal if a token could not be sent as it is
  static void requireToken(String token) throws Refusal {
    if (!token.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
      throw new Refusal("HF_TOKEN has characters that no token has", "");
    }
  }

  /// Asks the hub.
  ///
  /// @param from first byte that is wanted; the whole if 0
  /// @return the answer, whatever its status; the caller closes it
  /// @throws Refusal if asking again is of no use
  Answer get(URI first, long from) throws IOException {
    return get(first, from > 0 ? "bytes=" + from + "-" : "");
  }

  /// Asks the hub.
  ///
  /// @param range as the header says it; empty for the whole
  Answer get(URI first, String range) throws IOException {
    URI url = first;
    boolean isHome = true;
    String commit = "";
    for (int hop = 0; hop <= limits.redirects(); hop++) {
      isHome = isHome && HubAddress.sameOrigin(url, address.hub());
      reach.require(url);
      HttpResponse<InputStream> response = send(request(url, range, isHome), url);
      if (isHome && commit.isEmpty()) {
        commit = response.headers().firstValue("X-Repo-Commit").orElse("");
      }
      String location = response.headers().firstValue("Location").orElse("");
      if (!isRedirect(response.statusCode()) || location.isEmpty()) {
        InputStream body = new PatientBody(response.body(), limits, clock);
        return new Answer(url.getHost(), response.statusCode(), response.headers(), commit, body);
      }
      response.body().close();
      url = next(url, location);
    }
    throw new Refusal(
        first.getHost() + ": redirects more than " + limits.redirects() + " times", "");
  }

  private HttpRequest request(URI url, String range, boolean isHome) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(url)
            .header("Accept-Encoding", "identity")
            .header("User-Agent", "vidimus");
    if (!range.isEmpty()) {
      request.header("Range", range);
    }
    if (isHome && !token.isEmpty()) {
      request.header("Authorization", "Bearer " + token);
    }
    return request.GET().build();
  }

  private HttpResponse<InputStream> send(HttpRequest request, URI url) throws IOException {
    CompletableFuture<HttpResponse<InputStream>> response =
        client.sendAsync(request, BodyHandlers.ofInputStream());
    try {
      return response.get(limits.patience().toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      response.cancel(true);
      throw new IOException(url.getHost() + ": no answer in " + limits.patience(), e);
    } catch (InterruptedException e) {
      response.cancel(true);
      Thread.currentThread().interrupt();
      throw new Refusal(url.getHost() + ": interrupted", "");
    } catch (ExecutionException e) {
      if (e.getCause() instanceof SSLException problem) {
        throw new Refusal(url.getHost() + ": no trusted connection: " + problem.getMessage(), "");
      }
      throw new IOException(url.getHost() + ": " + reason(e), e);
    }
  }

  private static String reason(ExecutionException e) {
    Throwable cause = e.getCause();
    String message = cause == null ? null : cause.getMessage();
    return message == null ? "cannot be connected to" : Printable.of(message, PRINTED);
  }

  private static boolean isRedirect(int status) {
    return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
  }

  private URI next(URI from, String location) throws Refusal {
    String shown = from.getHost() + ": redirects to " + Printable.of(location, PRINTED);
    URI target;
    try {
      target = from.resolve(location);
    } catch (IllegalArgumentException e) {
      throw new Refusal(shown + ", which is no URL", "");
    }
    String scheme = String.valueOf(target.getScheme()).toLowerCase(Locale.ROOT);
    boolean plain = scheme.equals("http") && address.hub().getScheme().equals("http");
    if (target.getHost() == null
        || target.getUserInfo() != null
        || target.getPort() > HubAddress.LAST_PORT) {
      throw new Refusal(shown + ", which names no host and port, or a user", "");
    }
    if (!scheme.equals("https") && !plain) {
      throw new Refusal(shown + ", which is not https", "");
    }
    return target;
  }

  /// Reads a whole answer, asking again while the hub is busy.
  Page page(URI url) throws IOException {
    for (int failures = 0; ; ) {
      IOException problem;
      try (Answer answer = get(url, 0)) {
        if (answer.status() == 200) {
          byte[] bytes = answer.body().readNBytes(limits.document() + 1);
          if (bytes.length > limits.document()) {
            throw new Refusal(
                address.location() + ": answers more than " + limits.document() + " bytes", "");
          }
          return new Page(Bytes.of(bytes), String.join(", ", answer.headers().allValues("Link")));
        }
        if (!answer.isTemporary()) {
          throw refusal(answer);
        }
        problem = new IOException(answer.host() + ": status " + answer.status());
      } catch (Refusal e) {
        throw e;
      } catch (IOException e) {
        problem = e;
      }
      if (++failures > limits.retries()) {
        throw new IOException(problem.getMessage() + ", after " + failures + " attempts", problem);
      }
      pause(failures);
    }
  }

  /// A document of the hub.
  ///
  /// @param links what its `Link` headers say
  record Page(Bytes content, String links) {}

  /// Waits before an attempt.
  ///
  /// @param failures so far; at least 1
  void pause(int failures) throws Refusal {
    try {
      Thread.sleep(limits.pause().multipliedBy(1L << Math.min(failures - 1, 10)));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Refusal(address.location() + ": interrupted", "");
    }
  }

  /// What an answer that is neither success nor temporary means.
  Refusal refusal(Answer answer) {
    String said = answer.header("X-Error-Message");
    String code = answer.header("X-Error-Code");
    String message =
        address.location()
            + ": "
            + meaning(answer.status(), code)
            + " (status "
            + answer.status()
            + (said.isEmpty() ? "" : ": " + Printable.of(said, PRINTED))
            + ")";
    return new Refusal(message, hint(answer.status(), code));
  }

  private String meaning(int status, String code) {
    return switch (status) {
      case 401 -> "the hub does not know it, or shows it to those only whom it knows";
      case 403 -> code.equals("GatedRepo") ? "access is gated" : "access is refused";
      case 404 ->
          switch (code) {
            case "RevisionNotFound" -> "there is no such revision";
            case "EntryNotFound" -> "a file of the list is not there";
            default -> "there is no such model or revision";
          };
      default -> "the hub answers what is not understood";
    };
  }

  private String hint(int status, String code) {
    if (status == 404) {
      return code.equals("RevisionNotFound")
          ? "@REVISION is a branch, a tag or a commit of 40 hex digits"
          : "check the name; a private model is not there for those without a token";
    }
    if (status != 401 && status != 403) {
      return "";
    }
    if (!address.configured()) {
      return "HF_TOKEN is sent to the hub that HF_ENDPOINT names, and to no other";
    }
    return token.isEmpty()
        ? "set HF_TOKEN to a token that may read it"
        : "ask for access on the model's page; HF_TOKEN was sent";
  }

  @Override
  public void close() {
    clock.shutdownNow();
    client.shutdownNow();
  }
}
