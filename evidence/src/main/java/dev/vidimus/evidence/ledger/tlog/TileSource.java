package dev.vidimus.evidence.ledger.tlog;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// Where the files of a log come from: a folder, a bucket, a server.
@FunctionalInterface
public interface TileSource {
  /// The content of the file at a path, or null if there is none.
  ///
  /// @param path relative, with `/`: `tile/0/000.p/5`
  byte @Nullable [] get(String path) throws IOException;
}
