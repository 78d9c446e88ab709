package dev.vidimus.evidence.ledger;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/// One file of the journal: magic, the run of the operating system that wrote it, then records.
/// A record is the lengths of path and content (32 bits each, big-endian), both, and a CRC-32C over
/// all of that. Zeros follow the last one, written ahead, so that most records change no size.
final class JournalSegment implements Closeable {
  /// The longest path, in bytes.
  static final int LONGEST_PATH = 200;

  /// The longest content, in bytes.
  static final int LARGEST = 1 << 20;

  /// Stands in the place of a path when the journal was closed and every name was given.
  private static final String CLOSED = "closed";

  private static final byte[] MAGIC = "vidimus journal1".getBytes(StandardCharsets.US_ASCII);
  private static final int HEADER = MAGIC.length + Boot.LENGTH;
  private static final int OVERHEAD = 3 * Integer.BYTES;
  private static final int AHEAD = 1 << 20;

  private final FileChannel channel;
  private long end;
  private long zeros;

  private JournalSegment(FileChannel channel, long end) {
    this.channel = channel;
    this.end = end;
  }

  /// Begins a segment; its name is not durable yet.
  static JournalSegment create(Path file, String boot) throws IOException {
    FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    JournalSegment segment = new JournalSegment(channel, 0);
    try {
      ByteBuffer header = ByteBuffer.allocate(HEADER);
      header.put(MAGIC).put(boot.getBytes(StandardCharsets.US_ASCII)).flip();
      segment.append(header);
      return segment;
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  /// Goes on with a segment of this run, behind its last whole record. If it was closed there, it
  /// is not any more.
  static JournalSegment reopen(Path file, Extent extent) throws IOException {
    FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
    try {
      JournalSegment segment = new JournalSegment(channel, extent.end());
      if (extent.closed()) { // then only zeros follow
        segment.write(ByteBuffer.allocate(encode(CLOSED, new byte[0]).length), extent.end());
        segment.zeros = channel.size();
      } else {
        channel.truncate(extent.end()); // what may follow was never whole
      }
      return segment;
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  /// A record as it is written.
  static byte[] encode(String path, byte[] content) {
    byte[] name = path.getBytes(StandardCharsets.US_ASCII);
    if (name.length > LONGEST_PATH || content.length > LARGEST) {
      throw new IllegalArgumentException(path + ": too long for the journal");
    }
    ByteBuffer record = ByteBuffer.allocate(OVERHEAD + name.length + content.length);
    record.putInt(name.length).putInt(content.length).put(name).put(content);
    CRC32C crc = new CRC32C();
    crc.update(record.array(), 0, record.position());
    return record.putInt((int) crc.getValue()).array();
  }

  /// Writes records, durably.
  void append(ByteBuffer records) throws IOException {
    long after = end + records.remaining();
    write(records, end);
    if (after > zeros) { // data and size in one go; the next megabyte costs no change of size
      write(ByteBuffer.allocate(AHEAD), after);
      zeros = after + AHEAD;
    }
    channel.force(false);
    end = after;
  }

  private void write(ByteBuffer bytes, long at) throws IOException {
    long to = at;
    while (bytes.hasRemaining()) {
      to += channel.write(bytes, to);
    }
  }

  /// Notes that every name was given. Not durably: only this run of the system asks.
  void markClosed() throws IOException {
    write(ByteBuffer.wrap(encode(CLOSED, new byte[0])), end);
  }

  /// Bytes that are used.
  long size() {
    return end;
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }

  /// What is done with a record.
  @FunctionalInterface
  interface Visitor {
    void visit(String path, byte[] content) throws IOException;
  }

  /// The run that wrote a segment; [Boot#UNKNOWN] if it is not known, or the file is none.
  static String boot(Path file) throws IOException {
    try (DataInputStream in = new DataInputStream(Files.newInputStream(file))) {
      String boot = header(in);
      return boot == null ? Boot.UNKNOWN : boot;
    }
  }

  /// What a segment holds.
  ///
  /// @param end where the last whole record ends; 0 if the file is no segment
  /// @param closed whether the journal was closed after it
  record Extent(long end, boolean closed) {}

  /// Visits the records up to the first that is not whole: nothing behind it was acknowledged.
  static Extent read(Path file, Visitor visitor) throws IOException {
    try (DataInputStream in =
        new DataInputStream(new BufferedInputStream(Files.newInputStream(file), 1 << 16))) {
      if (header(in) == null) {
        return new Extent(0, false);
      }
      long end = HEADER;
      try {
        for (byte[] record = next(in); record != null; record = next(in)) {
          ByteBuffer lengths = ByteBuffer.wrap(record);
          int path = lengths.getInt();
          int content = lengths.getInt();
          byte[] bytes = new byte[content];
          lengths.get(2 * Integer.BYTES + path, bytes);
          String name = new String(record, 2 * Integer.BYTES, path, StandardCharsets.US_ASCII);
          if (name.equals(CLOSED)) {
            return new Extent(end, true);
          }
          visitor.visit(name, bytes);
          end += record.length;
        }
      } catch (EOFException e) {
        return new Extent(end, false); // cut
      }
      return new Extent(end, false);
    }
  }

  private static @Nullable String header(DataInputStream in) throws IOException {
    byte[] header = in.readNBytes(HEADER);
    if (header.length < HEADER
        || !ByteBuffer.wrap(header, 0, MAGIC.length).equals(ByteBuffer.wrap(MAGIC))) {
      return null;
    }
    return new String(header, MAGIC.length, Boot.LENGTH, StandardCharsets.US_ASCII);
  }

  private static byte @Nullable [] next(DataInputStream in) throws IOException {
    int path = in.readInt();
    int content = in.readInt();
    if (path <= 0 || path > LONGEST_PATH || content < 0 || content > LARGEST) {
      return null;
    }
    byte[] record = new byte[OVERHEAD + path + content];
    ByteBuffer.wrap(record).putInt(path).putInt(content);
    in.readFully(record, 2 * Integer.BYTES, record.length - 2 * Integer.BYTES);
    CRC32C crc = new CRC32C();
    int checked = record.length - Integer.BYTES;
    crc.update(record, 0, checked);
    return ByteBuffer.wrap(record).getInt(checked) == (int) crc.getValue() ? record : null;
  }

  /// Takes a segment's word away that its files are what this run wrote.
  static void distrust(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.write(
          ByteBuffer.wrap(Boot.UNKNOWN.getBytes(StandardCharsets.US_ASCII)), MAGIC.length);
      channel.force(false);
    }
  }
}
