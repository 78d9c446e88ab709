import dev.vidimus.artifact.Digest;
import dev.vidimus.evidence.ledger.Entry;
import dev.vidimus.evidence.ledger.Ledger;
import dev.vidimus.evidence.ledger.LedgerKeys;
import dev.vidimus.evidence.ledger.PosixStorage;
import dev.vidimus.evidence.ledger.note.Algorithm;
import dev.vidimus.evidence.ledger.note.SignerKey;
import dev.vidimus.evidence.ledger.tlog.Inclusion;
import dev.vidimus.evidence.ledger.tlog.Proofs;
import dev.vidimus.evidence.ledger.tlog.RightEdge;
import dev.vidimus.evidence.ledger.tlog.TileHashes;
import dev.vidimus.evidence.ledger.tlog.TileSource;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.KeyPairGenerator;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/// Durable appends, their acknowledgement, and proofs from a large log. Run by `bench/ledger`.
class LedgerBench {
  static long seconds = 8;
  static long leaves = 10_000_000;

  interface Work {
    void run(int thread, long round) throws Exception;
  }

  public static void main(String[] args) throws Exception {
    if (args[0].equals("--quick")) {
      seconds = 3;
      leaves = 1_000_000;
    }
    Path folder = Files.createTempDirectory(Path.of(args[args.length - 1]), "bench-ledger");
    try {
      double alone = calibrate(folder.resolve("c1"), 1);
      double together = calibrate(folder.resolve("c256"), 256);
      System.out.printf(
          "calibration: 4 KiB write+fsync of a new file: %.0f/s alone (%.2f ms each), %.0f/s by 256"
              + " writers; %d CPUs%n",
          alone, 1000 / alone, together, Runtime.getRuntime().availableProcessors());
      for (int writers : new int[] {1, 16, 256}) {
        append(folder.resolve("own" + writers), writers, false, alone, together);
      }
      append(folder.resolve("same"), 256, true, alone, together);
      proofs(folder.resolve("tiles"));
    } finally {
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path file : (Iterable<Path>) files.sorted(Comparator.reverseOrder())::iterator) {
          Files.delete(file);
        }
      }
    }
  }

  static double calibrate(Path folder, int writers) throws Exception {
    Files.createDirectory(folder);
    byte[] page = new byte[4096];
    return rate(
        writers,
        new ArrayList<>(),
        (thread, round) -> {
          Path file = folder.resolve(thread + "-" + round);
          try (FileChannel channel =
              FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(page));
            channel.force(true);
          }
        });
  }

  /// @param same all entries name one envelope of 4 KiB, so that only the log is measured
  static void append(Path folder, int writers, boolean same, double alone, double together)
      throws Exception {
    LedgerKeys keys =
        new LedgerKeys(
            SignerKey.of(
                "bench.example/log",
                Algorithm.ED25519,
                KeyPairGenerator.getInstance("Ed25519").generateKeyPair()));
    InstantSource clock = InstantSource.system();
    try (PosixStorage storage = PosixStorage.exclusive(folder)) {
      Ledger.create(storage, keys, clock);
      try (Ledger ledger = Ledger.open(storage, keys, clock)) {
        List<long[]> waits = new ArrayList<>();
        double rate =
            rate(
                writers,
                waits,
                (thread, round) -> {
                  byte[] envelope = new byte[4096];
                  if (!same) {
                    ByteBuffer.wrap(envelope).putInt(thread).putLong(round);
                  }
                  List<String> subjects = List.of(Digest.sha256(envelope).toString());
                  Entry entry =
                      Entry.about(envelope, "inspection", clock.instant(), "p-1", subjects);
                  ledger.append(entry, envelope);
                });
        long[] all = waits.stream().flatMapToLong(Arrays::stream).sorted().toArray();
        System.out.printf(
            "append, %3d writers, %s: %6.0f/s = %.2f of the disk alone, %.2f of 256 writers;"
                + " acknowledged p50 %.1f ms, p99 %.1f ms%n",
            writers,
            same ? "envelope stored before " : "4 KiB envelope of its own",
            rate,
            rate / alone,
            rate / together,
            all[all.length / 2] / 1e6,
            all[(int) (all.length * 0.99)] / 1e6);
      }
    }
  }

  /// Rounds a second by all threads, after a second that does not count.
  static double rate(int threads, List<long[]> waits, Work work) throws Exception {
    long start = System.nanoTime() + 1_000_000_000L;
    long end = start + seconds * 1_000_000_000L;
    AtomicLong count = new AtomicLong();
    List<Thread> running = new ArrayList<>();
    for (int t = 0; t < threads; t++) {
      int thread = t;
      running.add(
          Thread.ofPlatform()
              .start(
                  () -> {
                    long[] mine = new long[1024];
                    int n = 0;
                    try {
                      for (long round = 0; System.nanoTime() < end; round++) {
                        long before = System.nanoTime();
                        work.run(thread, round);
                        long after = System.nanoTime();
                        if (after > start && after < end) {
                          mine = n == mine.length ? Arrays.copyOf(mine, 2 * n) : mine;
                          mine[n++] = after - before;
                        }
                      }
                    } catch (Exception e) {
                      throw new IllegalStateException(e);
                    }
                    count.addAndGet(n);
                    synchronized (waits) {
                      waits.add(Arrays.copyOf(mine, n));
                    }
                  }));
    }
    for (Thread thread : running) {
      thread.join();
    }
    return count.get() / (double) seconds;
  }

  static void proofs(Path folder) throws Exception {
    RightEdge edge = new RightEdge();
    byte[] leaf = new byte[32];
    long begin = System.nanoTime();
    for (long i = 0; i < leaves; i++) {
      ByteBuffer.wrap(leaf).putLong(i);
      edge.add(Digest.of(leaf));
      if (i % 65_536 == 65_535 || i == leaves - 1) {
        for (var tile : edge.take().entrySet()) {
          if (tile.getKey().width() == 256 || i == leaves - 1) {
            Path file = folder.resolve(tile.getKey().path());
            Files.createDirectories(file.getParent());
            Files.write(file, tile.getValue());
          }
        }
      }
    }
    Digest root = edge.root();
    System.out.printf("built %,d leaves in %.1f s%n", leaves, (System.nanoTime() - begin) / 1e9);
    TileSource files = PosixStorage.reader(folder);
    Random random = new Random(1);
    int times = 5_000;
    long[] waits = new long[times];
    for (int i = 0; i < times; i++) {
      long index = random.nextLong(leaves);
      long before = System.nanoTime();
      List<Digest> path = new Proofs(new TileHashes(files, leaves)).inclusion(index, leaves);
      waits[i] = System.nanoTime() - before;
      ByteBuffer.wrap(leaf).putLong(index);
      Inclusion.require(Digest.of(leaf), index, leaves, path, root);
    }
    long[] warm = Arrays.copyOfRange(waits, times / 5, times);
    Arrays.sort(warm);
    System.out.printf(
        "inclusion proof from %,d leaves: p50 %.3f ms, p99 %.3f ms = %.2f of the 1 ms allowed%n",
        leaves,
        warm[warm.length / 2] / 1e6,
        warm[(int) (warm.length * 0.99)] / 1e6,
        warm[warm.length / 2] / 1e6);
  }
}
