package dev.vidimus.formats.yaml;

import java.io.IOException;
import java.util.List;

/// Hears what a file says, in order.
public interface YamlListener {
  /// A node has a tag of its own, such as `!!python/name:os.system`.
  ///
  /// @param path keys and indexes around the node, outermost first
  /// @param tag with its handle resolved; `tag:yaml.org,2002:` for `!!`
  /// @param text what stands in it, if it is a scalar; otherwise empty
  void tag(List<String> path, String tag, String text, long offset) throws IOException;

  /// A scalar that is no key, or an alias of one.
  ///
  /// @param isPlain whether it stands without quotes, so that it may be a number or a truth value
  void scalar(List<String> path, String text, boolean isPlain, long offset) throws IOException;
}
