package dev.vidimus.registry.home;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Objects;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Seals what servers over a home hand out and take back: addresses of uploads, challenges. All of
/// them know it, before and after a restart; it lies with the keys, readable by its owner alone.
public final class ServerKey {
  private static final int BYTES = 32;
  private static final String ALGORITHM = "HmacSHA256";

  private final SecretKeySpec key;

  private ServerKey(byte[] secret) {
    this.key = new SecretKeySpec(secret, ALGORITHM);
  }

  /// The key of a home; whoever needs it first makes it.
  public static ServerKey of(Home home) throws IOException {
    Path file = home.serverKey();
    byte[] secret;
    try {
      secret = Files.readAllBytes(file);
    } catch (NoSuchFileException e) {
      make(file);
      secret = Files.readAllBytes(file);
    }
    if (secret.length != BYTES) {
      throw new IOException(file + ": has " + secret.length + " bytes, not " + BYTES);
    }
    return new ServerKey(secret);
  }

  /// Whole under its name or not there: two servers may begin at this moment.
  private static void make(Path file) throws IOException {
    byte[] secret = new byte[BYTES];
    new SecureRandom().nextBytes(secret);
    Path folder = Objects.requireNonNull(file.getParent());
    Path made =
        Files.createTempFile(
            folder,
            "server",
            ".new",
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    try {
      Files.write(made, secret);
      try (FileChannel written = FileChannel.open(made, StandardOpenOption.WRITE)) {
        written.force(true); // what a name leads to is there after a power failure, too
      }
      Files.createLink(file, made);
    } catch (FileAlreadyExistsException e) {
      // Somebody else's holds.
    } finally {
      Files.delete(made);
    }
  }

  /// The seal of a text.
  ///
  /// @param purpose so that a seal for one thing is none for another; without a line feed
  /// @return hex digits
  public String seal(String purpose, String text) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      byte[] message = (purpose + "\n" + text).getBytes(StandardCharsets.UTF_8);
      return HexFormat.of().formatHex(mac.doFinal(message));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has " + ALGORITHM, e);
    }
  }

  /// Whether a text has that seal.
  public boolean sealed(String purpose, String text, String seal) {
    return MessageDigest.isEqual(
        seal.getBytes(StandardCharsets.UTF_8),
        seal(purpose, text).getBytes(StandardCharsets.UTF_8));
  }
}
