package dev.vidimus.registry;

import dev.vidimus.policy.CheckedPolicy;
import dev.vidimus.policy.DefaultPolicy;
import dev.vidimus.policy.PolicyBundle;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/// Policies that differ from the default one.
final class Policies {
  private Policies() {}

  /// The default rules under another name, which is another policy.
  static CheckedPolicy named(String name) throws Exception {
    Map<String, byte[]> files = new TreeMap<>(DefaultPolicy.files());
    String manifest = new String(files.get("vidimus-policy.yaml"), StandardCharsets.UTF_8);
    files.put(
        "vidimus-policy.yaml",
        manifest.replace("vidimus-default", name).getBytes(StandardCharsets.UTF_8));
    return CheckedPolicy.compile(PolicyBundle.read(files));
  }

  /// The default policy with another file.
  static CheckedPolicy with(String file, String content) throws Exception {
    return with(file, content, file, content.getBytes(StandardCharsets.UTF_8));
  }

  /// The default policy with two other files.
  static CheckedPolicy with(String file, String content, String other, byte[] bytes)
      throws Exception {
    Map<String, byte[]> files = new TreeMap<>(DefaultPolicy.files());
    files.put(file, content.getBytes(StandardCharsets.UTF_8));
    files.put(other, bytes);
    return CheckedPolicy.compile(PolicyBundle.read(files));
  }
}
