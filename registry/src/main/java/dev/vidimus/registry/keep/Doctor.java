package dev.vidimus.registry.keep;

import dev.vidimus.artifact.Digest;
import dev.vidimus.artifact.FormatException;
import dev.vidimus.evidence.CheckFailed;
import dev.vidimus.evidence.ledger.LedgerCommands;
import dev.vidimus.registry.Registry;
import dev.vidimus.registry.home.Home;
import dev.vidimus.registry.home.KeyRing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// Looks over a home and says what is wrong with it; repairs nothing.
public final class Doctor {
  private static final int MOST = 20;

  private final Registry registry;
  private final List<Check> checks = new ArrayList<>();

  private Doctor(Registry registry) {
    this.registry = registry;
  }

  /// One thing that was looked at.
  ///
  /// @param name what
  /// @param ok whether it is well
  /// @param detail what is wrong and what to do, or a figure
  public record Check(String name, boolean ok, String detail) {}

  /// Looks at everything.
  ///
  /// @param deep whether to hash every blob, too
  public static List<Check> examine(Registry registry, boolean deep) throws IOException {
    Doctor doctor = new Doctor(registry);
    doctor.keys();
    doctor.ledger();
    doctor.database();
    doctor.blobs(deep);
    return doctor.checks;
  }

  private void keys() throws IOException {
    List<String> open = new ArrayList<>();
    Home home = registry.home();
    try (Stream<Path> all = Files.walk(home.keys())) {
      for (Path path : (Iterable<Path>) all::iterator) {
        Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(path);
        boolean secret = path.toString().endsWith(".pem");
        if (secret
            && (permissions.contains(PosixFilePermission.GROUP_READ)
                || permissions.contains(PosixFilePermission.OTHERS_READ))) {
          open.add(path.toString());
        }
      }
    }
    tell("keys", open.isEmpty(), open.isEmpty() ? "" : "chmod 600 " + String.join(" ", open));
  }

  private void ledger() throws IOException {
    try {
      long size =
          new LedgerCommands(registry.home().ledger())
              .verify(new KeyRing(registry.home()).logVerifier(), List.of())
              .checkpoint()
              .size();
      tell("ledger", true, size + " entries, all as they were signed");
    } catch (CheckFailed | FormatException e) {
      tell("ledger", false, e.getMessage() + "; restore a backup, and find out who changed it");
    }
  }

  private void database() throws IOException {
    try {
      long problems =
          registry.ask(sql -> sql.number("SELECT count(*) FROM statement WHERE fact = 0"));
      tell(
          "database",
          true,
          problems == 0 ? "follows the ledger" : problems + " statements are no facts");
    } catch (CheckFailed | FormatException e) {
      tell("database", false, e.getMessage() + "; vidimus ledger rebuild");
    }
  }

  private void blobs(boolean deep) throws IOException {
    List<String> bad = new ArrayList<>();
    try {
      List<String> needed =
          registry.ask(sql -> sql.all("SELECT DISTINCT sha256 FROM file", row -> row.text(1)));
      for (String digest : needed) {
        Digest wanted = Digest.ofHex(digest.substring("sha256:".length()));
        if (!registry.blobs().has(wanted)) {
          bad.add(digest + " is missing");
        } else if (deep && !registry.blobs().isWhole(wanted)) {
          bad.add(digest + " has other content");
        }
      }
      tell(
          "blobs",
          bad.isEmpty(),
          bad.isEmpty()
              ? needed.size() + (deep ? " hashed" : " there; --deep hashes them, too")
              : String.join("; ", bad.subList(0, Math.min(MOST, bad.size()))));
    } catch (CheckFailed | FormatException e) {
      tell("blobs", false, String.valueOf(e.getMessage()));
    }
  }

  private void tell(String name, boolean ok, String detail) {
    checks.add(new Check(name, ok, detail));
  }
}
