package dev.vidimus.evidence.ledger;

import java.nio.file.Path;

/// A process that has begun to recover a ledger, says so, and ends recovering it at the next line
/// of its input.
final class RecoveringProcess {
  private RecoveringProcess() {}

  public static void main(String[] args) throws Exception {
    Path folder = Path.of(args[0]);
    WriterLock lock = WriterLock.take(folder);
    System.out.println("recovering");
    System.in.read();
    PosixStorage storage = PosixStorage.open(lock, folder);
    System.out.println("recovered");
    System.in.read(); // a writer that goes on, and keeps nobody from reading
    storage.close();
  }
}
