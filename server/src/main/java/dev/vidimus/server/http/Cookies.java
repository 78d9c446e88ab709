package dev.vidimus.server.http;

import org.jspecify.annotations.Nullable;

/// The one cookie that there is.
public final class Cookies {
  private static final String NAME = "vidimus_session";
  private static final String SECURE_NAME = "__Host-" + NAME;

  private Cookies() {}

  /// The session that a header `Cookie` names, or null.
  static @Nullable String session(@Nullable String header) {
    if (header == null) {
      return null;
    }
    for (String pair : header.split(";", -1)) {
      int equals = pair.indexOf('=');
      String name = equals < 0 ? "" : pair.substring(0, equals).strip();
      if (name.equals(NAME) || name.equals(SECURE_NAME)) {
        return pair.substring(equals + 1).strip();
      }
    }
    return null;
  }

  /// The header `Set-Cookie` for a session; no script and no other site's page gets it.
  ///
  /// @param session empty to forget it
  /// @param seconds how long
  /// @param secure whether it is sent by TLS only
  public static String header(String session, long seconds, boolean secure) {
    return (secure ? SECURE_NAME : NAME)
        + "="
        + session
        + "; Path=/; HttpOnly; SameSite=Strict; Max-Age="
        + seconds
        + (secure ? "; Secure" : "");
  }
}
