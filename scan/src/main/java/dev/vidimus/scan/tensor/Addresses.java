package dev.vidimus.scan.tensor;

import dev.vidimus.scan.tensor.MetadataText.Suspicion;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Addresses that weights have no reason to carry.
///
/// Where a model, a licence, a paper or a picture is to be found may be said anywhere. An address
/// is suspicious if it leads to a program, names a computer by number, hides its host behind a
/// user name, or if its key says that something is to fetch it or to report to it.
final class Addresses {
  private static final int LONGEST_SCHEME = 16;
  private static final int LONGEST_ADDRESS = 4096;
  private static final int MOST_IN_A_WORD = 8;

  private static final Set<String> KNOWN_HOSTS =
      Set.of(
          "huggingface.co",
          "hf.co",
          "github.com",
          "github.io",
          "githubusercontent.com",
          "gitlab.com",
          "bitbucket.org",
          "codeberg.org",
          "modelscope.cn",
          "modelscope.ai",
          "civitai.com",
          "civitai.red",
          "kaggle.com",
          "zenodo.org",
          "figshare.com",
          "arxiv.org",
          "doi.org",
          "openreview.net",
          "aclanthology.org",
          "paperswithcode.com",
          "semanticscholar.org",
          "apache.org",
          "gnu.org",
          "spdx.org",
          "opensource.org",
          "creativecommons.org",
          "mozilla.org",
          "eclipse.org",
          "licenses.ai",
          "w3.org",
          "schema.org",
          "json-schema.org",
          "wikipedia.org",
          "wikimedia.org",
          "pytorch.org",
          "tensorflow.org",
          "keras.io",
          "onnx.ai",
          "python.org",
          "pypi.org",
          "scikit-learn.org",
          "numpy.org",
          "nvidia.com",
          "openai.com",
          "google.com",
          "microsoft.com",
          "meta.com",
          "facebook.com",
          "llama.com",
          "mistral.ai",
          "stability.ai",
          "qwen.ai",
          "deepseek.com",
          "cohere.com",
          "anthropic.com",
          "ollama.com",
          "replicate.com",
          "wandb.ai",
          "comfy.org",
          "blackforestlabs.ai",
          "bfl.ai",
          "ai2.org",
          "allenai.org",
          "stanford.edu",
          "berkeley.edu",
          "mit.edu",
          "readthedocs.io");

  /// Words of a key that say that something acts on the address.
  private static final Set<String> ACTIONS =
      Set.of(
          "callback",
          "webhook",
          "hook",
          "beacon",
          "exfil",
          "exfiltrate",
          "c2",
          "payload",
          "download",
          "downloads",
          "downloader",
          "fetch",
          "update",
          "updater",
          "install",
          "installer",
          "exec",
          "execute",
          "run",
          "script",
          "loader",
          "bootstrap",
          "init",
          "startup",
          "config",
          "remote",
          "report",
          "upload",
          "telemetry",
          "postinstall");

  private static final Set<String> PROGRAMS =
      Set.of(
          "exe", "dll", "scr", "com", "msi", "bat", "cmd", "ps1", "psm1", "vbs", "vbe", "hta",
          "jse", "wsf", "sh", "bash", "py", "pyc", "pl", "rb", "php", "elf", "so", "dylib", "deb",
          "rpm", "apk", "jar", "pkl", "pickle", "lnk", "iso", "dmg");

  private Addresses() {}

  static @Nullable Suspicion find(String key, String text) {
    boolean alone = isAction(key) && isOneWord(text);
    int end = 0; // of the word that the last address was in
    int sameWord = 0;
    for (int at = text.indexOf("://"); at >= 0; at = text.indexOf("://", at + 3)) {
      if (at >= end) {
        end = end(text, at);
        sameWord = 0;
      } else if (++sameWord > MOST_IN_A_WORD) {
        continue; // or the cost would be more than the length of the text
      }
      int start = at;
      while (start > 0 && at - start < LONGEST_SCHEME && isSchemePart(text.charAt(start - 1))) {
        start--;
      }
      String what = judge(text, start, at, end, alone);
      if (what != null) {
        return Suspicion.of(what, text, start, at);
      }
    }
    return null;
  }

  private static @Nullable String judge(String text, int start, int colon, int end, boolean alone) {
    String scheme = text.substring(start, colon).toLowerCase(Locale.ROOT);
    if (scheme.equals("smb") || scheme.equals("ldap") || scheme.equals("rmi")) {
      return "has an address of a kind that hands over credentials or code";
    }
    if (!scheme.equals("http") && !scheme.equals("https") && !scheme.equals("ftp")) {
      return null;
    }
    String host = host(text, colon + 3);
    if (host.isEmpty() || isKnownHost(host) || isLocal(host)) {
      return null;
    }
    int user = colon + 3 + userLength(text, colon + 3);
    if (user < text.length() && text.charAt(user) == '@') {
      return "has an address that hides its host behind a user name";
    }
    if (isNumeric(host)) {
      return "has an address that names a computer by number";
    }
    if (PROGRAMS.contains(extension(text, colon + 3, end))) {
      return "has the address of a program";
    }
    return alone ? "has an address to act on at an unknown host" : null;
  }

  /// The host that begins at an index, in lower case; without user and port.
  static String host(String text, int from) {
    int start = from;
    int user = userLength(text, from);
    if (from + user < text.length() && text.charAt(from + user) == '@') {
      start = from + user + 1;
    }
    int end = start;
    while (end < text.length() && isHostPart(text.charAt(end))) {
      end++;
    }
    return text.substring(start, end).toLowerCase(Locale.ROOT);
  }

  private static int userLength(String text, int from) {
    int at = from;
    while (at < text.length()
        && (isHostPart(text.charAt(at)) || text.charAt(at) == ':' || text.charAt(at) == '%')) {
      at++;
    }
    return at - from;
  }

  static boolean isKnownHost(String host) {
    String rest = host;
    while (true) {
      if (KNOWN_HOSTS.contains(rest)) {
        return true;
      }
      int dot = rest.indexOf('.');
      if (dot < 0) {
        return false;
      }
      rest = rest.substring(dot + 1);
    }
  }

  private static boolean isLocal(String host) {
    return host.equals("localhost") || host.startsWith("127.") || host.indexOf('.') < 0;
  }

  private static boolean isNumeric(String host) {
    for (int i = 0; i < host.length(); i++) {
      char c = host.charAt(i);
      if ((c < '0' || c > '9') && c != '.') {
        return false;
      }
    }
    return true;
  }

  private static int end(String text, int from) {
    int at = from;
    int most = Math.min(text.length(), from + LONGEST_ADDRESS);
    while (at < most && text.charAt(at) > ' ' && "\"'<>`)]},;|".indexOf(text.charAt(at)) < 0) {
      at++;
    }
    return at;
  }

  /// Extension of the path's last part, in lower case; empty if there is none.
  private static String extension(String text, int from, int end) {
    int stop = from;
    while (stop < end && text.charAt(stop) != '?' && text.charAt(stop) != '#') {
      stop++;
    }
    while (stop > from && ".,;:!".indexOf(text.charAt(stop - 1)) >= 0) {
      stop--; // the end of a sentence
    }
    int slash = text.lastIndexOf('/', stop - 1);
    int dot = text.lastIndexOf('.', stop - 1);
    boolean isHost = slash <= from || text.charAt(slash - 1) == '/'; // of an address in an address
    return !isHost && dot > slash ? text.substring(dot + 1, stop).toLowerCase(Locale.ROOT) : "";
  }

  /// Cuts a key into words, at punctuation and at capitals, and looks for one that says "act".
  private static boolean isAction(String key) {
    int start = 0;
    for (int i = 0; i <= key.length(); i++) {
      boolean cut = i == key.length() || !Character.isLetterOrDigit(key.charAt(i));
      boolean capital =
          !cut
              && i > start
              && Character.isUpperCase(key.charAt(i))
              && Character.isLowerCase(key.charAt(i - 1));
      if (cut || capital) {
        if (ACTIONS.contains(key.substring(start, i).toLowerCase(Locale.ROOT))) {
          return true;
        }
        start = cut ? i + 1 : i;
      }
    }
    return false;
  }

  private static boolean isOneWord(String text) {
    String trimmed = text.strip();
    if (trimmed.length() > LONGEST_ADDRESS) {
      return false;
    }
    for (int i = 0; i < trimmed.length(); i++) {
      if (trimmed.charAt(i) <= ' ') {
        return false;
      }
    }
    return true;
  }

  private static boolean isSchemePart(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '+';
  }

  private static boolean isHostPart(char c) {
    return Character.isLetterOrDigit(c) || c == '.' || c == '-' || c == '_';
  }
}
