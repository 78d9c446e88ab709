package dev.vidimus.evidence.trust;

import dev.vidimus.artifact.Bytes;
import dev.vidimus.artifact.Digest;
import dev.vidimus.artifact.FileBytes;
import dev.vidimus.artifact.FormatException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Everything that one instance of Sigstore asks to be trusted for, as its operator publishes it in
/// `trusted_root.json`. Nothing of it is built in: the caller names the file.
///
/// @param logs of signatures
/// @param authorities that issue certificates to signers
/// @param certificateLogs in which these must be
/// @param timestampAuthorities that stamp signatures
public record TrustedRoot(
    List<TransparencyLog> logs,
    List<CertificateAuthority> authorities,
    List<TransparencyLog> certificateLogs,
    List<CertificateAuthority> timestampAuthorities) {
  public TrustedRoot {
    logs = List.copyOf(logs);
    authorities = List.copyOf(authorities);
    certificateLogs = List.copyOf(certificateLogs);
    timestampAuthorities = List.copyOf(timestampAuthorities);
  }

  /// Reads a trusted root, alone or inside a client's trust configuration.
  ///
  /// @throws FormatException if it is neither
  public static TrustedRoot read(Bytes bytes, String where) throws FormatException, IOException {
    return TrustedRootReader.read(bytes, where);
  }

  /// Reads a file.
  public static TrustedRoot read(Path file) throws FormatException, IOException {
    try (Bytes bytes = FileBytes.open(file)) {
      return read(bytes, file.toString());
    }
  }

  /// The log of signatures of that id, one that was trusted at that time if there is one, or null.
  public @Nullable TransparencyLog log(Digest id, Instant at) {
    return find(logs, id, at);
  }

  /// The log of certificates of that id, in the same way.
  public @Nullable TransparencyLog certificateLog(Digest id, Instant at) {
    return find(certificateLogs, id, at);
  }

  private static @Nullable TransparencyLog find(List<TransparencyLog> logs, Digest id, Instant at) {
    TransparencyLog found = null;
    for (TransparencyLog log : logs) {
      if (log.id().equals(id) && (found == null || log.validity().contains(at))) {
        found = log;
      }
    }
    return found;
  }
}
