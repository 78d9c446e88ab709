package dev.vidimus.server.identity;

import dev.vidimus.artifact.FormatException;
import dev.vidimus.evidence.CheckFailed;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// What vouches for callers.
public interface Identities {
  /// Whom a bearer credential belongs to, or null if it opens nothing (any more).
  @Nullable Caller byCredential(String credential) throws IOException, FormatException, CheckFailed;

  /// Whose session it is, or null if it is over.
  @Nullable Caller bySession(String session) throws IOException, FormatException, CheckFailed;
}
