package dev.vidimus.artifact.digest;

import java.io.IOException;
import java.util.concurrent.Callable;

/// Takes stretches from the [Work] until none is left. One thread runs it; several share the work.
sealed interface Worker extends Callable<Void> permits StreamWorker, LaneWorker {
  @Override
  Void call() throws IOException;
}
