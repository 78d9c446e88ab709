package dev.vidimus.scan.python;

import dev.vidimus.artifact.Location;
import dev.vidimus.formats.python.PyNode;
import dev.vidimus.scan.inspection.Inspection;
import dev.vidimus.scan.inspection.Reference;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What a program refers to: the modules that it imports, and the models, files and addresses that
/// its calls name by constants.
final class ProgramReferences {
  private static final Set<String> OF_REPOSITORIES =
      Set.of(
          "from_pretrained",
          "hf_hub_download",
          "snapshot_download",
          "cached_download",
          "cached_file",
          "get_class_from_dynamic_module",
          "load_dataset",
          "try_to_load_from_cache",
          "from_hub");

  private static final Set<String> OF_ADDRESSES =
      Set.of(
          "load_state_dict_from_url",
          "download_url_to_file",
          "urlretrieve",
          "urlopen",
          "requests.get",
          "requests.request",
          "httpx.get",
          "wget.download",
          "gdown.download",
          "get_file");

  private static final Set<String> OF_LIBRARIES =
      Set.of("CDLL", "PyDLL", "WinDLL", "LoadLibrary", "load_library", "load_op_library");

  private final Names names;
  private final Location location;
  private final Inspection inspection;

  private ProgramReferences(Names names, Location location, Inspection inspection) {
    this.names = names;
    this.location = location;
    this.inspection = inspection;
  }

  /// Records all references of a program.
  static void record(List<PyNode> program, Location location, Inspection inspection) {
    ProgramReferences all = new ProgramReferences(Names.of(program), location, inspection);
    Deque<PyNode> open = new ArrayDeque<>(program);
    while (!open.isEmpty()) {
      PyNode node = open.pop();
      if (node instanceof PyNode.Import(int line, String module, String name, String _)) {
        all.module(line, module, name);
      } else if (node instanceof PyNode.Call call) {
        all.call(call);
      }
      node.children().forEach(open::push);
    }
  }

  /// `from . import part` and `from package import part` may name a module by what they import.
  private void module(int line, String module, String name) {
    String by = "import in line " + line;
    boolean isPart = !name.isEmpty() && !name.equals("*");
    boolean isPoints = module.chars().allMatch(c -> c == '.');
    if (!isPoints) {
      inspection.refer(Reference.Kind.MODULE, module, by, location);
    }
    if (isPart && module.startsWith(".")) {
      String part = isPoints ? module + name : module + "." + name;
      inspection.refer(Reference.Kind.MODULE, part, isPoints ? by : "name of " + by, location);
    }
  }

  private void call(PyNode.Call call) {
    String callee = names.path(call.callee()).text();
    String last = callee.isEmpty() ? method(call.callee()) : callee;
    String name = last.substring(last.lastIndexOf('.') + 1);
    String by = last + " in line " + call.line();
    if (OF_REPOSITORIES.contains(name) || last.endsWith("hub.load")) {
      String target = argument(call, 0, "pretrained_model_name_or_path", "repo_id", "path");
      String trust = isTrusting(call) ? " with trust_remote_code" : "";
      refer(Reference.Kind.FETCH, target, by + trust);
    } else if (OF_ADDRESSES.contains(name) || OF_ADDRESSES.contains(last)) {
      String target = argument(call, last.endsWith("get_file") ? 1 : 0, "url", "origin");
      if (target != null && target.contains("://")) {
        refer(Reference.Kind.ADDRESS, target, by);
      }
    } else if (OF_LIBRARIES.contains(name)) {
      refer(Reference.Kind.LIBRARY, argument(call, 0, "name"), by);
    } else if (last.equals("importlib.import_module") || last.equals("__import__")) {
      refer(Reference.Kind.MODULE, argument(call, 0, "name"), by);
    }
  }

  /// The name of a method of something that no name stands for.
  private static String method(PyNode callee) {
    return callee instanceof PyNode.Attribute attribute ? attribute.name() : "";
  }

  private @Nullable String argument(PyNode.Call call, int position, String... keywords) {
    int at = 0;
    for (PyNode.Argument argument : call.arguments()) {
      boolean isNamed = List.of(keywords).contains(argument.keyword());
      boolean isPlaced = argument.keyword().isEmpty() && at++ == position;
      if (isNamed || isPlaced) {
        return names.text(argument.value());
      }
    }
    return null;
  }

  private static boolean isTrusting(PyNode.Call call) {
    for (PyNode.Argument argument : call.arguments()) {
      if (argument.keyword().equals("trust_remote_code")) {
        return !(argument.value() instanceof PyNode.Name(int _, String word)
            && word.equals("False"));
      }
    }
    return false;
  }

  private void refer(Reference.Kind kind, @Nullable String target, String by) {
    if (target != null) {
      inspection.refer(kind, target, by, location);
    }
  }
}
