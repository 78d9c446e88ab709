package dev.vidimus.evidence.ledger.tlog;

import dev.vidimus.artifact.Digest;
import java.io.IOException;

/// The one question that proofs ask of a log.
@FunctionalInterface
public interface HashReader {
  /// The hash of a complete subtree.
  ///
  /// @param level 0 for leaves; the subtree has 2^level of them
  /// @param number zero-based position among the subtrees of its level
  /// @throws IOException if it cannot be read, or the log is too short to have it
  Digest hash(int level, long number) throws IOException;
}
