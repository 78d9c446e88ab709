package dev.vidimus.inventory.deps;

import dev.vidimus.inventory.deps.files.Dependency;
import dev.vidimus.inventory.version.Ecosystem;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/// [Package URLs](https://github.com/package-url/purl-spec).
public final class Purl {
  private static final String PLAIN =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789.-_~";
  private static final String HEX = "0123456789ABCDEF";

  private Purl() {}

  /// The address of a package; without a version if the file leaves it open.
  public static String of(Dependency one) {
    String name = one.normalized();
    String version = one.version();
    return switch (one.ecosystem()) {
      case MAVEN -> purl(one.ecosystem(), name.replace(':', '/'), version);
      case OCI -> image(one);
      case GENERIC -> purl(one.ecosystem(), encoded(name), version);
      case PYPI, NPM, CARGO, GO, CONDA, GITHUB_ACTIONS, HELM ->
          purl(one.ecosystem(), name, version);
      case HUGGING_FACE -> model(name, version);
    };
  }

  /// The address of a model on a hub.
  ///
  /// @param name `org/name`
  /// @param commit empty if it is not known
  public static String model(String name, String commit) {
    return purl(Ecosystem.HUGGING_FACE, name, commit.toLowerCase(Locale.ROOT));
  }

  private static String image(Dependency one) {
    String name = one.name();
    String last = name.substring(name.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT);
    String digest = one.hashes().isEmpty() ? "" : one.hashes().getFirst();
    String tag = one.version().isEmpty() ? "" : "&tag=" + encoded(one.version());
    return "pkg:oci/"
        + encoded(last)
        + (digest.isEmpty() ? "" : "@" + encoded(digest))
        + "?repository_url="
        + encoded(name)
        + tag;
  }

  private static String purl(Ecosystem ecosystem, String path, String version) {
    StringBuilder text = new StringBuilder("pkg:").append(ecosystem.purlType());
    for (String part : path.split("/", -1)) {
      if (!part.isEmpty()) {
        text.append('/').append(encoded(part));
      }
    }
    return version.isEmpty()
        ? text.toString()
        : text.append('@').append(encoded(version)).toString();
  }

  /// A text with everything escaped that is not plain.
  public static String encoded(String text) {
    StringBuilder out = new StringBuilder();
    for (byte each : text.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (each & 0xff);
      if (PLAIN.indexOf(c) >= 0 || c == ':') {
        out.append(c);
      } else {
        out.append('%').append(HEX.charAt(c >> 4)).append(HEX.charAt(c & 15));
      }
    }
    return out.toString();
  }
}
