package dev.vidimus.scan.pickle;

import dev.vidimus.artifact.Printable;
import dev.vidimus.formats.pickle.Value;
import dev.vidimus.formats.pickle.Value.Reference;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Says what a name means to the loader: Python 2's names are mapped below protocol 3, dotted names
/// reach through modules from protocol 4 on, and extension codes are what the stream registered.
final class NameResolution {
  private static final int LONGEST_SHOWN = 160;
  private static final int MOST_REMEMBERED = 10_000;
  private static final String REGISTER = "copyreg.add_extension";

  private final Allowlist allowlist;
  private final Map<String, Meaning> resolved = new HashMap<>();
  private final Map<Long, PythonNames.Name> extensions = new HashMap<>();

  NameResolution(Allowlist allowlist) {
    this.allowlist = allowlist;
  }

  /// @param protocol of the stream at this point; decides about Python 2's names
  Meaning resolve(String module, String name, int protocol) {
    String key = (protocol < 3 ? "2 " : "3 ") + module + '\n' + name;
    Meaning known = resolved.get(key);
    if (known == null) {
      known = look(module, name, protocol);
      if (resolved.size() < MOST_REMEMBERED) {
        resolved.put(key, known);
      }
    }
    return known;
  }

  private Meaning look(String module, String name, int protocol) {
    PythonNames.Name mapped = PythonNames.inPython3(module, name);
    // From protocol 3 on the spelling stands; what it meant in Python 2 still names the danger.
    PythonNames.Name meant = protocol < 3 ? mapped : new PythonNames.Name(module, name);
    AllowEntry entry = allowlist.find(meant.module(), meant.name());
    if (entry != null) {
      return new Meaning.Known(entry);
    }
    String path = Printable.of(meant.path(), LONGEST_SHOWN);
    String danger = Threats.of(mapped.module(), mapped.name());
    if (danger == null) {
      danger = Threats.of(module, name);
    }
    if (danger == null && reachesThroughModule(name)) {
      danger = "reaches another name through " + Printable.of(module, LONGEST_SHOWN);
    }
    return danger == null ? new Meaning.Unknown(path) : new Meaning.Dangerous(path, danger);
  }

  /// A dotted name is a nested class at best, and then each of its parts looks like a class.
  private static boolean reachesThroughModule(String name) {
    if (name.indexOf('.') < 0) {
      return false;
    }
    for (int start = 0; start >= 0 && start < name.length(); ) {
      if (!Character.isUpperCase(name.charAt(start))) {
        return true;
      }
      int dot = name.indexOf('.', start);
      start = dot < 0 ? -1 : dot + 1;
    }
    return name.endsWith(".") || name.endsWith(".Popen");
  }

  /// An attribute of a known class, if the allowlist knows it as `Class.attribute`.
  @Nullable AllowEntry attribute(Reference owner, String name) {
    PythonNames.Name mapped = PythonNames.inPython3(owner.module(), owner.name());
    return allowlist.find(mapped.module(), mapped.name() + "." + name);
  }

  /// Remembers `copyreg.add_extension(module, name, code)`.
  void register(String callee, Value arguments) throws IOException {
    if (callee.equals(REGISTER)
        && extensions.size() < MOST_REMEMBERED
        && arguments instanceof Value.Tuple tuple
        && tuple.elements().size() == 3
        && tuple.elements().get(0) instanceof Value.Data module
        && tuple.elements().get(1) instanceof Value.Data name
        && tuple.elements().get(2) instanceof Value.Data code
        && code.kind() == Value.Kind.INT) {
      String moduleText = module.text(LONGEST_SHOWN);
      String nameText = name.text(LONGEST_SHOWN);
      if (moduleText != null && nameText != null) {
        extensions.put(code.number(), new PythonNames.Name(moduleText, nameText));
      }
    }
  }

  /// What this stream registered under a code, or null.
  @Nullable Meaning extension(long code, int protocol) {
    PythonNames.Name name = extensions.get(code);
    return name == null ? null : resolve(name.module(), name.name(), protocol);
  }
}
