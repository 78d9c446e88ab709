package dev.vidimus.evidence.oms;

import dev.vidimus.evidence.Answer;
import dev.vidimus.evidence.keys.VerifyingKey;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Several signatures side by side, of which some number must be by different trusted keys: a
/// classical one and one of ML-DSA, or those of two people. What counts is keys, not files.
///
/// @param answer yes if enough keys signed
/// @param needed how many keys must have signed
/// @param signed how many did
/// @param verifications one for each signature, in the order given
public record OmsQuorum(
    Answer answer, int needed, int signed, List<OmsVerification> verifications) {
  public OmsQuorum {
    verifications = List.copyOf(verifications);
  }

  /// Verifies every signature by whichever key made it.
  ///
  /// @param needed at least 1, and at most the number of keys
  /// @param keys all different
  public static OmsQuorum verify(
      Path model, List<Path> signatures, int needed, List<VerifyingKey> keys, OmsOptions options) {
    if (needed < 1 || needed > new HashSet<>(keys).size()) {
      throw new IllegalArgumentException(needed + " of " + new HashSet<>(keys).size() + " keys");
    }
    List<OmsVerification> verifications = new ArrayList<>();
    Set<VerifyingKey> signers = new HashSet<>();
    for (Path signature : signatures) {
      OmsVerification verification = byAnyKey(model, signature, keys, options, signatures);
      verifications.add(verification);
      Verified verified = verification.verified();
      if (verified != null) {
        signers.add(verified.signer().key());
      }
    }
    return new OmsQuorum(
        answer(signers.size() >= needed, verifications), needed, signers.size(), verifications);
  }

  private static Answer answer(boolean enough, List<OmsVerification> verifications) {
    if (enough) {
      return Answer.YES;
    }
    return verifications.stream().anyMatch(one -> one.answer() == Answer.COULD_NOT_TELL)
        ? Answer.COULD_NOT_TELL
        : Answer.NO;
  }

  /// The verification that came furthest: a wrong key fails before any file is read.
  private static OmsVerification byAnyKey(
      Path model,
      Path signature,
      List<VerifyingKey> keys,
      OmsOptions options,
      List<Path> signatures) {
    OmsVerification furthest = null;
    for (VerifyingKey key : keys) {
      OmsVerification verification =
          OmsVerifier.verify(model, signature, new Trusted.Key(key), options, signatures);
      if (furthest == null || verification.steps().size() > furthest.steps().size()) {
        furthest = verification;
      }
    }
    if (furthest == null) {
      throw new IllegalArgumentException("no keys");
    }
    return furthest;
  }
}
