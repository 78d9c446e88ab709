package dev.vidimus.server.http;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// By which address callers know this server: the configured one, else what they said in `Host`,
/// if that can be a host.
final class Origin {
  private static final Pattern HOST =
      Pattern.compile("(?:[A-Za-z0-9.-]{1,253}|\\[[0-9A-Fa-f:.]{2,45}])(?::[0-9]{1,5})?");

  private final String configured;

  /// @param configured such as `https://models.example.com`; empty if it is not
  Origin(String configured) {
    this.configured = configured;
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
