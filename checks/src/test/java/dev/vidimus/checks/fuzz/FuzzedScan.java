package dev.vidimus.checks.fuzz;

import com.sun.management.ThreadMXBean;
import dev.vidimus.artifact.Bytes;
import dev.vidimus.artifact.Limits;
import dev.vidimus.artifact.Spool;
import dev.vidimus.scan.ScanExaminer;
import dev.vidimus.scan.inspection.ScanOptions;
import dev.vidimus.scan.pickle.Allowlist;
import dev.vidimus.scan.pickle.Profile;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;

/// Scans fuzzed bytes under small limits. Whatever is thrown fails the fuzzer, because a scan turns
/// bad bytes into findings; so does memory out of proportion to the input.
final class FuzzedScan implements FuzzedReader {
  private static final Limits SMALL = new Limits(6, 500, 8 << 20, 500_000, 1 << 20, 100);

  /// What one scan may allocate whatever the input, and for each byte of it.
  private static final long ALLOCATED = 64L << 20;

  private static final long ALLOCATED_PER_BYTE = 64L << 10;

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private final String name;
  private final ScanExaminer examiner = examiner();

  /// An examiner under small limits.
  static ScanExaminer examiner() {
    return new ScanExaminer(
        new ScanOptions(SMALL, true),
        Allowlist.of(Profile.ALL),
        new Spool(Path.of("target", "fuzz-spool"), SMALL.spoolBytes()));
  }

  /// @param name by which the bytes are judged: its extension chooses the reader
  FuzzedScan(String name) {
    this.name = name;
  }

  @Override
  public void read(byte[] input) throws IOException {
    long most = ALLOCATED + ALLOCATED_PER_BYTE * input.length;
    // The first time classes are loaded and instrumented, on this thread's account.
    if (allocatedBy(input) > most && allocatedBy(input) > most) {
      throw new AssertionError("over " + most + " bytes allocated for " + input.length);
    }
  }

  private long allocatedBy(byte[] input) throws IOException {
    long before = THREADS.getCurrentThreadAllocatedBytes();
    examiner.scan(Bytes.of(input), name);
    return THREADS.getCurrentThreadAllocatedBytes() - before;
  }
}
