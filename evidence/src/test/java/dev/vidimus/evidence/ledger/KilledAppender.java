package dev.vidimus.evidence.ledger;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/// A process that appends from several threads until it is killed, and prints the index and text of
/// every entry that was acknowledged.
final class KilledAppender {
  private static final int THREADS = 8;

  private KilledAppender() {}

  public static void main(String[] args) throws Exception {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    PosixStorage storage = PosixStorage.exclusive(Path.of(args[0]));
    Ledger ledger = Ledger.open(storage, LedgerFolder.KEYS, LedgerFolder.CLOCK);
    for (int thread = 0; thread < THREADS; thread++) {
      String name = args[1] + ", thread " + thread + ", ";
      Thread.ofPlatform()
          .start(
              () -> {
                try {
                  for (int i = 0; ; i++) {
                    byte[] envelope = LedgerFolder.envelope(name + i);
                    long index = ledger.append(LedgerFolder.entry(envelope), envelope).index();
                    out.print(index + " " + name + i + "\n");
                    out.flush();
                  }
                } catch (Exception e) {
                  e.printStackTrace();
                }
              });
    }
  }
}
