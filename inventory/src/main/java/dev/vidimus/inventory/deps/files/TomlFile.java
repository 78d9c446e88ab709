package dev.vidimus.inventory.deps.files;

import dev.vidimus.artifact.Bytes;
import dev.vidimus.artifact.FormatException;
import java.io.IOException;
import java.util.Locale;
import java.util.regex.Pattern;
import org.tomlj.TomlTable;

/// Projects and locks in TOML. Which of them a file is follows from what stands in it: tools have
/// options to give them other names.
final class TomlFile implements DependencyFile {
  private static final Pattern NAMED =
      Pattern.compile(
          "(?:.*[-_.])?(?:pyproject\\.toml|uv\\.lock|poetry\\.lock|pdm\\.lock|cargo\\.lock)"
              + "|pylock(?:\\..+)?\\.toml");

  @Override
  public boolean isNamed(String path) {
    return NAMED.matcher(Text.name(path).toLowerCase(Locale.ROOT)).matches();
  }

  @Override
  public Listing read(Bytes bytes, String source) throws IOException, FormatException {
    TomlTable document = Toml.read(bytes, source);
    Listing listing = TomlLocks.read(document);
    if (listing == null) {
      listing = PyProject.read(document);
    }
    if (listing == null) {
      throw new FormatException.Unsupported(
          source, 0, "TOML without packages of uv, poetry, pdm, Cargo, pylock or a project");
    }
    return listing;
  }
}
