package dev.vidimus.evidence.ledger;

import dev.vidimus.artifact.FormatException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/// One file in which batches are made durable by one write, before their files are.
///
/// A record is its check sum (CRC-32C of all that follows), the round of the journal, the number of
/// the record in that round from 0, the length of the batch, and the batch. A journal is used again
/// round after round, over the bytes of the round before: they are allocated already, so that the
/// disk has nothing to write but the record. It ends before the first record that is not whole, or
/// not of its round.
final class Journal implements AutoCloseable {
  private static final int HEADER = 24;
  private static final int LARGEST_BATCH = 64 << 20;
  private static final long SMALLEST_EXTENT = 64 << 10;
  private static final long LARGEST_EXTENT = 4 << 20;

  private final Path path;
  private final FileChannel file;
  private long round;
  private int records;
  private long end;
  private long allocated;

  private Journal(Path path, FileChannel file, long allocated) {
    this.path = path;
    this.file = file;
    this.allocated = allocated;
  }

  /// Opens a journal, made if it is not there. Its name is not yet durable then.
  static Journal open(Path path) throws IOException {
    FileChannel file =
        FileChannel.open(
            path,
            StandardOpenOption.CREATE,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE,
            LinkOption.NOFOLLOW_LINKS);
    return new Journal(path, file, file.size());
  }

  /// Where the next record goes.
  long end() {
    return end;
  }

  /// The round of the records, above 0, or 0 if there are none.
  long round() {
    return round;
  }

  /// Begins another round.
  ///
  /// @param next above all rounds so far
  void begin(long next) {
    round = next;
    records = 0;
    end = 0;
  }

  /// Adds a batch, and returns when it is durable. After an error it may be there or not.
  void append(byte[] batch) throws IOException {
    if (batch.length > LARGEST_BATCH) {
      throw new IOException(
          path + ": a batch of " + batch.length + " bytes, which would not be read again");
    }
    ByteBuffer record = ByteBuffer.allocate(HEADER + batch.length);
    record.putInt(0).putLong(round).putInt(records).putLong(batch.length).put(batch);
    record.putInt(0, checksum(record.flip().position(Integer.BYTES))).rewind();
    if (end + record.limit() > allocated) {
      extend(end + record.limit());
    }
    write(record, end);
    file.force(false);
    end += record.limit();
    records++;
  }

  /// Allocates ahead, twice as much every time, so that few records wait for it.
  private void extend(long needed) throws IOException {
    long extent = Math.clamp(allocated, SMALLEST_EXTENT, LARGEST_EXTENT);
    long next = needed + extent;
    write(ByteBuffer.allocate(Math.toIntExact(next - allocated)), allocated);
    file.force(true);
    allocated = next;
  }

  private void write(ByteBuffer bytes, long at) throws IOException {
    while (bytes.hasRemaining()) {
      file.write(bytes, at + bytes.position());
    }
  }

  private static int checksum(ByteBuffer bytes) {
    CRC32C sum = new CRC32C();
    sum.update(bytes);
    return (int) sum.getValue();
  }

  /// What is done with each batch.
  interface Visitor {
    void visit(Batch batch) throws IOException, FormatException;
  }

  /// Visits the batches of the last round, in order; then the next record would follow them.
  ///
  /// @throws FormatException if a whole record is no batch
  void visit(Visitor visitor) throws IOException, FormatException {
    begin(0);
    for (ByteBuffer batch = next(); batch != null; batch = next()) {
      visitor.visit(Batch.parse(batch, path + " record " + (records - 1)));
    }
  }

  /// The next record's batch, or null behind the last.
  private @Nullable ByteBuffer next() throws IOException {
    ByteBuffer header = read(end, HEADER);
    if (header.remaining() < HEADER) {
      return null;
    }
    int sum = header.getInt();
    long ofRound = header.getLong();
    int number = header.getInt();
    long length = header.getLong();
    boolean follows = ofRound > 0 && (records == 0 || ofRound == round) && number == records;
    if (!follows || length < 0 || length > Math.min(LARGEST_BATCH, allocated - end - HEADER)) {
      return null;
    }
    ByteBuffer record = read(end, HEADER + (int) length);
    if (record.remaining() < HEADER + length || checksum(record.duplicate().position(4)) != sum) {
      return null;
    }
    round = ofRound;
    records++;
    end += HEADER + length;
    return record.position(HEADER).slice();
  }

  private ByteBuffer read(long at, int length) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(length);
    int count = 0;
    while (bytes.hasRemaining() && count >= 0) {
      count = file.read(bytes, at + bytes.position());
    }
    return bytes.flip();
  }

  /// Forgets the batches, durably: everything in them is durable where it belongs.
  void forget() throws IOException {
    write(ByteBuffer.allocate(HEADER), 0);
    file.force(false);
    begin(0);
  }

  @Override
  public void close() throws IOException {
    file.close();
  }

  /// Closes the journal and deletes it.
  void delete() throws IOException {
    close();
    Files.delete(path);
  }
}
