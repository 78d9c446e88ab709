package dev.vidimus.registry.home;

import dev.vidimus.artifact.FormatException;
import dev.vidimus.evidence.keys.KeyFile;
import dev.vidimus.evidence.keys.Scheme;
import dev.vidimus.evidence.ledger.LedgerCommands;
import dev.vidimus.evidence.ledger.LedgerKeys;
import dev.vidimus.evidence.ledger.note.Algorithm;
import dev.vidimus.evidence.ledger.note.SignerKey;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/// Begins a home: folders, keys and an empty ledger. It is made beside its place and moved there,
/// so that there is never half a home.
public final class Founding {
  private static final int ID_BYTES = 4;
  private static final SecureRandom RANDOM = new SecureRandom();

  private Founding() {}

  /// A new opaque id of a person.
  public static String newId() {
    byte[] id = new byte[ID_BYTES];
    RANDOM.nextBytes(id);
    return "p-" + HexFormat.of().formatHex(id);
  }

  /// What else belongs to a home from its beginning, such as its first entries.
  @FunctionalInterface
  public interface Furnishing {
    /// @param building the home before it gets its place
    void furnish(Home building) throws IOException, FormatException;
  }

  /// Begins a home.
  ///
  /// @param origin the log's name
  /// @param admin id of the first person, whose key is made here
  /// @param passphrase of that key, or null
  /// @param furnishing done before the home gets its place
  /// @throws FileAlreadyExistsException if something is there
  public static void found(
      Home home,
      String origin,
      String admin,
      char @Nullable [] passphrase,
      InstantSource clock,
      Furnishing furnishing)
      throws IOException, FormatException {
    Path place = home.root().toAbsolutePath().normalize();
    if (Files.exists(place) && !isEmptyFolder(place)) {
      throw new FileAlreadyExistsException(place.toString());
    }
    try (Scaffold scaffold = new Scaffold(place, ".vidimus-")) {
      Home building = new Home(scaffold.building());
      build(building, origin, admin, passphrase, clock);
      furnishing.furnish(building);
      scaffold.done();
    }
  }

  private static void build(
      Home building, String origin, String admin, char @Nullable [] passphrase, InstantSource clock)
      throws IOException, FormatException {
    Files.setPosixFilePermissions(building.root(), PosixFilePermissions.fromString("rwx------"));
    Files.createDirectories(building.keys().resolve("people"));
    Files.setPosixFilePermissions(building.keys(), PosixFilePermissions.fromString("rwx------"));
    KeyFile.create(building.logKey(), Scheme.ED25519, null);
    KeyFile.create(building.gateKey(), Scheme.ED25519, null);
    KeyFile.create(building.personKey(admin), Scheme.ED25519, passphrase);
    LedgerKeys keys =
        new LedgerKeys(
            SignerKey.of(origin, Algorithm.ED25519, KeyFile.read(building.logKey(), null)));
    Files.writeString(building.logVkey(), keys.log().verifier().vkey() + "\n");
    new LedgerCommands(building.ledger()).init(keys, clock);
  }

  private static boolean isEmptyFolder(Path place) throws IOException {
    try (var entries = Files.newDirectoryStream(place)) {
      return !entries.iterator().hasNext();
    }
  }
}
