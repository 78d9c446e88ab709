package dev.vidimus.cli.scan;

import dev.vidimus.artifact.Printable;
import dev.vidimus.artifact.Snapshot;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;

/// A pattern of files to leave out, and who gave it.
record Exclusion(Glob glob, String reason) {
  private static final String IGNORE_FILE = ".vidimusignore";
  private static final long LARGEST_IGNORE_FILE = 1 << 20;
  private static final int SHOWN = 100;

  /// Those of the command line, and of the folder's own ignore file if the caller allows it.
  static List<Exclusion> of(Snapshot snapshot, ScanSettings settings) throws IOException {
    List<Exclusion> exclusions = new ArrayList<>();
    for (Glob glob : settings.excludes()) {
      exclusions.add(new Exclusion(glob, "excluded by --exclude " + glob.text()));
    }
    if (settings.allowIgnore()) {
      for (Snapshot.Entry entry : snapshot.entries()) {
        if (entry.path().equals(IGNORE_FILE)) {
          read(entry, exclusions);
        }
      }
    }
    return exclusions;
  }

  private static void read(Snapshot.Entry entry, List<Exclusion> exclusions) throws IOException {
    if (entry.size() > LARGEST_IGNORE_FILE) {
      throw new IOException(IGNORE_FILE + " is too large: " + entry.size() + " bytes");
    }
    try {
      for (String line : Files.readAllLines(entry.file())) {
        String text = line.strip();
        if (!text.isEmpty() && !text.startsWith("#")) {
          exclusions.add(
              new Exclusion(
                  new Glob(text), "excluded by " + IGNORE_FILE + ": " + Printable.of(text, SHOWN)));
        }
      }
    } catch (CharacterCodingException e) {
      throw new IOException(IGNORE_FILE + " is not UTF-8", e);
    }
  }

  /// Why the path is left out; empty if it is not.
  static String reason(List<Exclusion> exclusions, String path) {
    for (Exclusion exclusion : exclusions) {
      if (exclusion.glob().matches(path)) {
        return exclusion.reason();
      }
    }
    return "";
  }
}
