package dev.vidimus.inventory.deps.files;

import dev.vidimus.artifact.Printable;
import dev.vidimus.inventory.deps.files.Listing.Problem;
import dev.vidimus.inventory.version.Ecosystem;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// `pnpm-lock.yaml`: packages by keys that name them, in the forms of several versions.
final class PnpmLock {
  private static final int SHOWN = 120;
  private static final Pattern KEY =
      Pattern.compile("/?((?:@[^/@]+/)?[^/@]+)[@/]([^(_/@][^(_]*)(?:[(_].*)?");

  private PnpmLock() {}

  static Listing read(YamlTexts texts) {
    List<Dependency> packages = new ArrayList<>();
    List<Problem> problems = new ArrayList<>();
    Set<String> keys = new LinkedHashSet<>();
    Map<String, Map<String, String>> groups = texts.groups("packages");
    keys.addAll(groups.keySet());
    for (String key : keys) {
      Map<String, String> one = groups.getOrDefault(key, Map.of());
      Matcher parts = KEY.matcher(key);
      String tarball = one.getOrDefault("resolution.tarball", "");
      String commit = one.getOrDefault("resolution.commit", "");
      if (!commit.isEmpty()) {
        String name = one.getOrDefault("name", key);
        packages.add(
            Dependency.of(Ecosystem.NPM, name, one.getOrDefault("version", ""))
                .from(
                    new Origin(Origin.Kind.VCS, one.getOrDefault("resolution.repo", ""), commit)));
      } else if (parts.matches()) {
        Dependency found = Dependency.of(Ecosystem.NPM, parts.group(1), parts.group(2));
        found = tarball.isEmpty() ? found : found.from(Origin.of(tarball));
        packages.add(
            found.hashed(JsonLocks.integrity(one.getOrDefault("resolution.integrity", ""))));
      } else {
        problems.add(new Problem(0, Printable.of(key, SHOWN) + ": names no package"));
      }
    }
    return Listing.lock("pnpm-lock.yaml", packages, problems);
  }
}
