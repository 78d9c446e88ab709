package dev.vidimus.testkit;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/// Files that are too many or too large for the repository. The environment variable
/// `VIDIMUS_FIXTURES` names their folder; without it they are looked for at `../shared/fixtures`
/// beside the repository, and without that the tests that need them are skipped, and say so.
public final class Fixtures {

  private Fixtures() {}

  /// The fixture folder of this name, such as `scan`; ends the calling test as skipped when there
  /// are no fixtures, and as failed when there are some but not these.
  public static Path folder(String name) {
    String named = System.getenv("VIDIMUS_FIXTURES");
    Path root = named == null || named.isEmpty() ? besideRepository() : Path.of(named);
    boolean isThere = (named != null && !named.isEmpty()) || Files.isDirectory(root);
    Assumptions.assumeTrue(
        isThere, "SKIPPED: no fixtures; set VIDIMUS_FIXTURES or put them at " + root);
    Path folder = root.resolve(name);
    if (!Files.isDirectory(folder)) {
      throw new IllegalStateException("the fixtures have no folder " + folder);
    }
    return folder;
  }

  private static Path besideRepository() {
    Path folder = Path.of("").toAbsolutePath();
    while (folder.getParent() != null && !Files.exists(folder.resolve(".ci/run"))) {
      folder = folder.getParent();
    }
    return folder.resolveSibling("shared").resolve("fixtures");
  }
}
