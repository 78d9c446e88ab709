package dev.vidimus.registry.keep;

import dev.vidimus.artifact.FormatException;
import dev.vidimus.evidence.CheckFailed;
import dev.vidimus.evidence.ledger.LedgerCommands;
import dev.vidimus.registry.Registry;
import dev.vidimus.registry.home.Home;
import dev.vidimus.registry.home.KeyRing;
import dev.vidimus.registry.home.Scaffold;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;

/// Copies of a home: ledger, keys, names and blobs. The database is left out, because it follows
/// from the ledger.
public final class Backup {
  private static final List<String> PARTS = List.of("ledger", "blobs", "keys", "people.tsv");

  private Backup() {}

  /// Copies a registry while nobody changes it, into a folder that is not there. It gets its name
  /// when it is whole.
  ///
  /// @return the number of entries in its ledger
  public static long make(Registry registry, Path folder)
      throws IOException, FormatException, CheckFailed {
    Path place = folder.toAbsolutePath().normalize();
    if (Files.exists(place)) {
      throw new FileAlreadyExistsException(place.toString());
    }
    try (Scaffold scaffold = new Scaffold(place, ".vidimus-backup-")) {
      long entries =
          registry.make(
              session -> {
                copy(registry.home().root(), scaffold.building());
                return session.sql().number("SELECT count(*) FROM statement");
              });
      scaffold.done();
      return entries;
    }
  }

  /// Brings a copy to life, after its ledger is verified whole.
  ///
  /// @param folder the copy
  /// @param home must not be there
  /// @return the number of entries in its ledger
  /// @throws CheckFailed if the ledger is not as it was signed
  public static long restore(Path folder, Home home)
      throws IOException, FormatException, CheckFailed {
    Path place = home.root().toAbsolutePath().normalize();
    if (Files.exists(place)) {
      throw new FileAlreadyExistsException(place.toString());
    }
    Home copy = new Home(folder);
    long entries =
        new LedgerCommands(copy.ledger())
            .verify(new KeyRing(copy).logVerifier(), List.of())
            .checkpoint()
            .size();
    try (Scaffold scaffold = new Scaffold(place, ".vidimus-restore-")) {
      copy(folder, scaffold.building());
      scaffold.done();
    }
    return entries;
  }

  private static void copy(Path from, Path to) throws IOException {
    for (String part : PARTS) {
      if (Files.exists(from.resolve(part))) {
        copyTree(from.resolve(part), to.resolve(part));
      }
    }
  }

  private static void copyTree(Path from, Path to) throws IOException {
    Files.walkFileTree(
        from,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes)
              throws IOException {
            Files.copy(
                folder,
                to.resolve(from.relativize(folder).toString()),
                StandardCopyOption.COPY_ATTRIBUTES);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.copy(
                file,
                to.resolve(from.relativize(file).toString()),
                StandardCopyOption.COPY_ATTRIBUTES);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
