package dev.vidimus.policy;

import dev.vidimus.artifact.FormatException;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The policy that holds until somebody publishes another. Its syntax trees lie
/// beside it, because compiling costs a process seconds; a test makes them, and holds them to the
/// files.
public final class DefaultPolicy {
  /// The files, in `default/` beside this class.
  private static final List<String> FILES =
      List.of(
          "params.yaml",
          "rules/approvals.yaml",
          "rules/formats.yaml",
          "rules/lineage.yaml",
          "rules/inventory.yaml",
          "rules/provenance.yaml",
          "rules/repository.yaml",
          "rules/revocation.yaml",
          "rules/scan.yaml",
          "rules/signatures.yaml",
          "tests/default.yaml",
          "tests/lineage.yaml",
          "tests/inventory.yaml",
          "tiers.yaml",
          "transitions.yaml",
          "trust.yaml",
          "vidimus-policy.yaml");

  private static final String PACKED = "default.policy";

  private DefaultPolicy() {}

  /// The files as they are written.
  public static Map<String, byte[]> files() {
    Map<String, byte[]> files = new TreeMap<>();
    for (String file : FILES) {
      files.put(file, resource("default/" + file));
    }
    return files;
  }

  /// The compiled policy in one piece, as it is published.
  public static byte[] packed() {
    return resource(PACKED);
  }

  /// The policy, without compiling anything.
  public static CheckedPolicy load() {
    try {
      return Packed.read(packed());
    } catch (FormatException | PolicyException e) {
      throw new IllegalStateException("this build has a broken default policy", e);
    }
  }

  private static byte[] resource(String name) {
    try (InputStream in = DefaultPolicy.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("this build lacks " + name);
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new IllegalStateException("cannot read " + name + " of this build", e);
    }
  }
}
