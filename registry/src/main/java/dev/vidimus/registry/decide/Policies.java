package dev.vidimus.registry.decide;

import dev.vidimus.artifact.FormatException;
import dev.vidimus.evidence.CheckFailed;
import dev.vidimus.evidence.ledger.tlog.TileSource;
import dev.vidimus.policy.CheckedPolicy;
import dev.vidimus.registry.examine.Trust;
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

  private record Read(CheckedPolicy policy, Trust trust) {}

  private volatile @Nullable Read read;

  /// Whom a policy trusts: reading keys costs more than asking, too.
  @SuppressWarnings("ReferenceEquality") // the very policy that was loaded
  Trust trust(CheckedPolicy policy) throws FormatException {
    Read known = read;
    if (known == null || known.policy() != policy) {
      known = new Read(policy, Trust.of(policy.bundle()));
      read = known;
    }
    return known.trust();
  }
}
