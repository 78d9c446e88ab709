package dev.vidimus.evidence.sigstore;

import dev.vidimus.artifact.FormatException;
import dev.vidimus.evidence.CheckFailed;
import dev.vidimus.evidence.Steps;
import dev.vidimus.evidence.sigstore.timestamp.Timestamp;
import dev.vidimus.evidence.trust.CertificateAuthority;
import dev.vidimus.evidence.trust.TrustedRoot;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The times at which a signature existed, each vouched for by a trusted authority or log. They
/// need not agree, and every one of them counts.
public final class SigningTimes {
  private static final String STEP = "signing time";

  /// How far our clock may be behind theirs.
  private static final Duration TOLERANCE = Duration.ofMinutes(5);

  private final List<Instant> times = new ArrayList<>();

  /// The times that authorities stamped. A token of an unknown authority is passed over with a
  /// note; one of a known authority must be right.
  ///
  /// @param timestamps of the bundle
  /// @param signature that they must be over
  public static SigningTimes stamped(
      Steps steps, List<byte[]> timestamps, byte[] signature, TrustedRoot root)
      throws CheckFailed, FormatException {
    SigningTimes times = new SigningTimes();
    for (byte[] der : timestamps) {
      Timestamp timestamp = Timestamp.read(der, "timestamp");
      CertificateAuthority authority = timestamp.authority(root.timestampAuthorities());
      if (authority == null) {
        steps.note("a timestamp is of an authority that the trusted root does not have");
      } else {
        times.add(timestamp.require(authority, signature));
      }
    }
    return times;
  }

  /// One more time, which was verified.
  void add(Instant time) {
    times.add(time);
  }

  /// All of them.
  List<Instant> all() {
    return List.copyOf(times);
  }

  /// The earliest, or null if there is none.
  public @Nullable Instant earliest() {
    return times.stream().min(Instant::compareTo).orElse(null);
  }

  /// Requires that there is one, and none in the future.
  ///
  /// @return the earliest
  public Instant require(Instant now) throws CheckFailed {
    Instant earliest = earliest();
    if (earliest == null) {
      throw new CheckFailed(
          STEP, "a timestamp, or the promise of a log with a time", "neither of them trusted");
    }
    for (Instant time : times) {
      if (time.isAfter(now.plus(TOLERANCE))) {
        throw new CheckFailed(STEP, "a time before now, " + now, time.toString());
      }
    }
    return earliest;
  }
}
