package dev.vidimus.scan.tensor;

import dev.vidimus.scan.tensor.MetadataText.Suspicion;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Calls that run or load code, in Python, JavaScript, PowerShell or Java.
///
/// A call is a dotted name with its bracket right behind it and something inside:
/// `os.system('…')`. `model.eval()` is none of these, nor is the word `exec` in a sentence.
final class CodeCalls {
  private static final int LONGEST_NAME = 80;

  private static final Set<String> NAMES =
      Set.of(
          "eval",
          "exec",
          "execfile",
          "__import__",
          "builtins.eval",
          "builtins.exec",
          "__builtins__.eval",
          "__builtins__.exec",
          "os.system",
          "os.popen",
          "os.startfile",
          "os.remove",
          "os.unlink",
          "os.rmdir",
          "os.fork",
          "posix.system",
          "nt.system",
          "commands.getoutput",
          "pty.spawn",
          "socket.socket",
          "socket.create_connection",
          "shutil.rmtree",
          "importlib.import_module",
          "runpy.run_path",
          "runpy.run_module",
          "code.interact",
          "ctypes.cdll",
          "ctypes.windll",
          "pickle.load",
          "pickle.loads",
          "marshal.loads",
          "dill.loads",
          "cloudpickle.loads",
          "base64.b64decode",
          "codecs.decode",
          "zlib.decompress",
          "urllib.request.urlopen",
          "urllib.request.urlretrieve",
          "urllib.urlopen",
          "webbrowser.open",
          "requests.post",
          "pip.main",
          "child_process.exec",
          "child_process.spawn",
          "window.eval",
          "document.write",
          "new function",
          "runtime.getruntime().exec",
          "invoke-expression",
          "iex",
          "downloadstring",
          "downloadfile",
          "shell_exec",
          "passthru",
          "proc_open");

  private static final Set<String> FAMILIES =
      Set.of(
          "subprocess.", "os.exec", "os.spawn", "os.posix_spawn", "ctypes.cdll.", "ctypes.windll.");

  private CodeCalls() {}

  static @Nullable Suspicion find(String text) {
    for (int open = text.indexOf('('); open >= 0; open = text.indexOf('(', open + 1)) {
      int start = nameStart(text, open);
      if (start < open
          && hasArgument(text, open)
          && (isDangerous(text.substring(start, open)) || requiresProcesses(text, start, open))) {
        return Suspicion.of("has code", text, start, open);
      }
    }
    return null;
  }

  private static int nameStart(String text, int end) {
    int start = end;
    while (start > 0 && end - start < LONGEST_NAME && isNamePart(text.charAt(start - 1))) {
      start--;
    }
    return start;
  }

  private static boolean isNamePart(char c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || c == '_'
        || c == '.'
        || c == '-';
  }

  private static boolean hasArgument(String text, int open) {
    int at = open + 1;
    while (at < text.length() && text.charAt(at) <= ' ') {
      at++;
    }
    return at < text.length() && text.charAt(at) != ')';
  }

  /// `require('child_process')`, whatever is then called on it.
  private static boolean requiresProcesses(String text, int start, int open) {
    String module = "child_process";
    return text.startsWith("require", start) && text.startsWith(module, open + 2);
  }

  private static boolean isDangerous(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    if (NAMES.contains(lower)) {
      return true;
    }
    for (String family : FAMILIES) {
      if (lower.startsWith(family)) {
        return true;
      }
    }
    // Through another module: `x.os.system`, `(new-object net.webclient).downloadstring`.
    int dot = lower.indexOf('.');
    while (dot >= 0) {
      String rest = lower.substring(dot + 1);
      if (rest.indexOf('.') < 0) {
        return rest.equals("downloadstring") || rest.equals("downloadfile") || rest.equals("popen");
      }
      if (NAMES.contains(rest) || rest.startsWith("subprocess.")) {
        return true;
      }
      dot = lower.indexOf('.', dot + 1);
    }
    return false;
  }
}
