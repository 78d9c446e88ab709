package dev.vidimus.registry.decide;

import dev.vidimus.artifact.FormatException;
import dev.vidimus.evidence.CheckFailed;
import dev.vidimus.evidence.ledger.tlog.TileSource;
import dev.vidimus.policy.CheckedPolicy;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// The policy that was loaded last, since loading costs far more than asking. A digest names one
/// policy for ever, so that no other process can make this one wrong. Safe for use by many threads.
public final class Policies {
  private record Loaded(String bundle, CheckedPolicy policy) {}

  private volatile @Nullable Loaded last;

  /// A published policy.
  ///
  /// @param log where the bundle lies beside the envelopes
  /// @param bundle digest of its packed form
  CheckedPolicy load(TileSource log, String bundle)
      throws IOException, FormatException, CheckFailed {
    Loaded known = last;
    if (known == null || !known.bundle().equals(bundle)) {
      known = new Loaded(bundle, Deciding.load(log, bundle));
      last = known;
    }
    return known.policy();
  }
}
