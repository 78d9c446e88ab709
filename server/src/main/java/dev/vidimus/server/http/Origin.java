package dev.vidimus.server.http;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// By which address callers know this server: the configured one, else what they said in `Host`,
/// if that can be a host.
final class Origin {
  private static final Pattern HOST =
      Pattern.compile("(?:[A-Za-z0-9.-]{1,253}|\\[[0-9A-Fa-f:.]{2,45}])(?::[0-9]{1,5})?");

  private static final Pattern LOOPBACK =
      Pattern.compile("(?:localhost|127(?:\\.[0-9]{1,3}){3}|\\[::1])(?::[0-9]{1,5})?");

  private final String configured;

  /// @param configured such as `https://models.example.com`; empty if it is not
  Origin(String configured) {
    this.configured = configured;
  }

  /// An address that no request can choose: the configured one, or this machine's.
  String known(@Nullable String host, boolean secure) throws Problem {
    if (configured.isEmpty() && (host == null || !LOOPBACK.matcher(host).matches())) {
      throw Problem.conflict(
          "this server does not know its own address", "start it with --public-address");
    }
    return of(host, secure);
  }

  String of(@Nullable String host, boolean secure) throws Problem {
    if (!configured.isEmpty()) {
      return configured;
    }
    if (host == null || !HOST.matcher(host).matches()) {
      throw Problem.badRequest("the header Host is no host", "");
    }
    return (secure ? "https://" : "http://") + host;
  }
}
