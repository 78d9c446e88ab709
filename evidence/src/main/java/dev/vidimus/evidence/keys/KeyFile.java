package dev.vidimus.evidence.keys;

import dev.vidimus.artifact.FormatException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Private keys in PEM files that only their owner may read: PKCS#8, encrypted or not, and SEC 1 on
/// reading.
public final class KeyFile {
  private static final String PLAIN = "PRIVATE KEY";
  private static final String ENCRYPTED = "ENCRYPTED PRIVATE KEY";
  private static final String SEC1 = "EC PRIVATE KEY";
  private static final int MOST_BYTES = 1 << 16;

  private KeyFile() {}

  /// Reads a private key.
  ///
  /// @param passphrase for an encrypted key, or null if there is none
  /// @throws FormatException if it is no private key that we know, or the passphrase is not its own
  public static SigningKey read(Path file, char @Nullable [] passphrase)
      throws FormatException, IOException {
    return read(text(file), passphrase, file.toString());
  }

  /// Reads a public key, or the public half of a private one.
  ///
  /// @param passphrase for an encrypted private key, or null if there is none
  public static VerifyingKey readPublic(Path file, char @Nullable [] passphrase)
      throws FormatException, IOException {
    String text = text(file);
    return text.contains("PRIVATE KEY-----")
        ? read(text, passphrase, file.toString()).verifying()
        : VerifyingKey.ofPem(text, file.toString());
  }

  /// Reads a private key from its text.
  public static SigningKey read(String text, char @Nullable [] passphrase, String where)
      throws FormatException {
    return PrivateKeys.read(pkcs8(text, passphrase, where), where);
  }

  private static byte[] pkcs8(String text, char @Nullable [] passphrase, String where)
      throws FormatException {
    List<Pem> blocks =
        Pem.read(text, where).stream().filter(block -> block.label().endsWith(PLAIN)).toList();
    if (blocks.size() != 1) {
      throw new FormatException.Malformed(
          where, 0, "has " + blocks.size() + " PEM blocks of private keys, not one");
    }
    Pem block = blocks.getFirst();
    return switch (block.label()) {
      case PLAIN -> block.der();
      case SEC1 -> PrivateKeys.ofSec1(block.der(), where);
      case ENCRYPTED -> {
        if (passphrase == null) {
          throw new FormatException.Unsupported(where, 0, "an encrypted key without a passphrase");
        }
        yield Encryption.decrypt(block.der(), passphrase, where);
      }
      default -> throw new FormatException.Unsupported(where, 0, "a PEM block " + block.label());
    };
  }

  /// Makes a key and writes it to a new file.
  ///
  /// @return its public half
  public static VerifyingKey create(Path file, Scheme scheme, char @Nullable [] passphrase)
      throws FormatException, IOException {
    byte[] pkcs8 = PrivateKeys.generate(scheme);
    write(file, pkcs8, passphrase);
    return PrivateKeys.read(pkcs8, file.toString()).verifying();
  }

  /// Copies a key from any form that [#read] knows to a new file in PKCS#8.
  ///
  /// @param old the passphrase of the key as it is
  /// @param passphrase of the new file, or null to leave it unencrypted
  public static VerifyingKey importTo(
      Path file, Path from, char @Nullable [] old, char @Nullable [] passphrase)
      throws FormatException, IOException {
    byte[] pkcs8 = pkcs8(text(from), old, from.toString());
    VerifyingKey verifying = PrivateKeys.read(pkcs8, from.toString()).verifying();
    write(file, pkcs8, passphrase);
    return verifying;
  }

  private static void write(Path file, byte[] pkcs8, char @Nullable [] passphrase)
      throws IOException {
    Pem block =
        passphrase == null
            ? new Pem(PLAIN, pkcs8)
            : new Pem(ENCRYPTED, Encryption.encrypt(pkcs8, passphrase));
    // Created with its mode, so that it is at no moment readable for others; never overwritten.
    try (SeekableByteChannel channel =
        Files.newByteChannel(
            file,
            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
      channel.write(ByteBuffer.wrap(block.text().getBytes(StandardCharsets.US_ASCII)));
    }
  }

  private static String text(Path file) throws FormatException, IOException {
    long size = Files.size(file);
    if (size > MOST_BYTES) {
      throw new FormatException.LimitExceeded(
          file.toString(), 0, size + " bytes, too many for a key");
    }
    return Files.readString(file, StandardCharsets.ISO_8859_1);
  }
}
