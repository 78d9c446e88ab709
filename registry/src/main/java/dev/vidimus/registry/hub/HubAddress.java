package dev.vidimus.registry.hub;

import dev.vidimus.artifact.Printable;
import dev.vidimus.registry.intake.Refusal;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A repository of a hub at a revision.
///
/// @param hub scheme, host, port and the path before the API's, without a `/` at the end
/// @param repository `org/name`, or `name` as the oldest are called; of a dataset with `datasets/`
///     before it
/// @param revision a branch, tag or commit
/// @param configured whether this is the hub that the user configured, which may see the token
public record HubAddress(URI hub, String repository, String revision, boolean configured) {
  /// The hub that `hf://` means unless `HF_ENDPOINT` says another.
  public static final String PUBLIC = "https://huggingface.co";

  static final int LAST_PORT = 65_535;

  private static final String HUB = "hub://";
  private static final String CONFIGURED = "hf://";
  private static final String DATASETS = "datasets/";
  private static final Pattern REPOSITORY =
      Pattern.compile(
          "(?:datasets/)?[A-Za-z0-9_][A-Za-z0-9._-]{0,95}(?:/[A-Za-z0-9_][A-Za-z0-9._-]{0,95})?");
  private static final Pattern REVISION = Pattern.compile("[!-~]{1,200}");
  private static final int PRINTED = 200;

  /// Whether a SOURCE is of this kind.
  public static boolean isOne(String source) {
    return source.startsWith(HUB) || source.startsWith(CONFIGURED);
  }

  /// Reads `hub://HOST[:PORT]/org/name[@revision]` or `hf://org/name[@revision]`, with `datasets/`
  /// before the name of a dataset.
  ///
  /// @param endpoint the value of `HF_ENDPOINT`; empty if it is not set
  /// @param insecure whether other hosts than this one may be talked to without TLS
  /// @throws Refusal if it is no such address, or would be talked to without TLS
  public static HubAddress of(String source, String endpoint, boolean insecure) throws Refusal {
    String shown = Printable.of(source, PRINTED);
    URI configured = uri(endpoint.isEmpty() ? PUBLIC : endpoint, "HF_ENDPOINT");
    URI hub = configured;
    String rest = source.substring(source.indexOf("://") + "://".length());
    if (source.startsWith(HUB)) {
      int slash = rest.indexOf('/');
      if (slash < 0) {
        throw malformed(shown);
      }
      hub = uri("https://" + rest.substring(0, slash), shown);
      if (insecure || isLoopback(hub.getHost())) {
        hub = uri("http://" + rest.substring(0, slash), shown);
      }
      if (sameOrigin(hub, configured) || hub.getAuthority().equals(configured.getAuthority())) {
        hub = configured; // with its own scheme
      }
      rest = rest.substring(slash + 1);
    }
    int at = rest.indexOf('@');
    String repository = at < 0 ? rest : rest.substring(0, at);
    String revision = at < 0 ? "main" : rest.substring(at + 1);
    if (!REPOSITORY.matcher(repository).matches() || !REVISION.matcher(revision).matches()) {
      throw malformed(shown);
    }
    if (hub.getScheme().equals("http") && !insecure && !isLoopback(hub.getHost())) {
      throw new Refusal(
          hub + ": without TLS anybody on the way can change what comes",
          "--allow-insecure, if you must");
    }
    return new HubAddress(hub, repository, revision, hub.equals(configured));
  }

  private static Refusal malformed(String shown) {
    return new Refusal(
        shown + ": is no address of a model or dataset",
        "hf://org/name[@revision] or hub://HOST[:PORT]/org/name[@revision]; of a dataset"
            + " hf://datasets/org/name");
  }

  private static URI uri(String text, String shown) throws Refusal {
    String plain = text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
    try {
      URI uri = new URI(plain).parseServerAuthority();
      String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
      boolean known = scheme.equals("https") || scheme.equals("http");
      if (known
          && uri.getHost() != null
          && uri.getUserInfo() == null
          && uri.getPort() <= LAST_PORT
          && uri.getRawQuery() == null
          && uri.getRawFragment() == null) {
        String authority = uri.getAuthority().toLowerCase(Locale.ROOT);
        return new URI(scheme + "://" + authority + uri.getRawPath());
      }
    } catch (URISyntaxException e) {
      // said below
    }
    throw new Refusal(
        shown + ": is no address of a hub", "a host with an optional port; no user, no query");
  }

  /// Whether the hub was written as this machine itself.
  public boolean isOfThisMachine() {
    return isLoopback(hub.getHost());
  }

  /// Whether a host was written as this machine itself.
  static boolean isLoopback(@Nullable String host) {
    return host != null
        && (host.equals("localhost")
            || host.equals("[::1]")
            || host.matches("127\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}"));
  }

  /// Whether a hub or a URL on it has the same scheme, host and port.
  static boolean sameOrigin(URI a, URI b) {
    return a.getScheme().equalsIgnoreCase(b.getScheme())
        && a.getHost().equalsIgnoreCase(b.getHost())
        && port(a) == port(b);
  }

  private static int port(URI uri) {
    if (uri.getPort() >= 0) {
      return uri.getPort();
    }
    return uri.getScheme().equalsIgnoreCase("https") ? 443 : 80;
  }

  /// Where the hub's API has it: `/api/models/org/name`.
  String api() {
    return repository.startsWith(DATASETS) ? "/api/" + repository : "/api/models/" + repository;
  }

  /// The address in one spelling, whichever way it was given: `hub://HOST/org/name@revision`.
  public String location() {
    return HUB + hub.getRawAuthority() + hub.getRawPath() + "/" + repository + "@" + revision;
  }
}
