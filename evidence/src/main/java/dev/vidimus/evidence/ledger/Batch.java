package dev.vidimus.evidence.ledger;

import dev.vidimus.artifact.FormatException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import java.util.regex.Pattern;

/// Files and the checkpoint over them, which become part of a ledger together, as one record of a
/// [Journal]: the checkpoint before, the checkpoint after, the number of files, then each file's
/// path and bytes; every string behind its length in four bytes.
final class Batch {
  private static final Pattern PATH =
      Pattern.compile("(?:tile|blob)/(?:[a-z0-9]+/)*[a-z0-9]+(?:\\.p/[0-9]+)?");
  private static final int LONGEST_PATH = 200;

  private final byte[] before;
  private final byte[] after;
  private final SequencedMap<String, byte[]> files;

  /// @param files by path, none of them the checkpoint
  Batch(byte[] before, byte[] after, SequencedMap<String, byte[]> files) {
    this.before = before;
    this.after = after;
    this.files = files;
  }

  /// The checkpoint that it follows.
  byte[] before() {
    return before;
  }

  /// The checkpoint over it.
  byte[] after() {
    return after;
  }

  SequencedMap<String, byte[]> files() {
    return files;
  }

  byte[] bytes() {
    long size = 12L + before.length + after.length;
    for (Map.Entry<String, byte[]> file : files.entrySet()) {
      size += 8L + file.getKey().length() + file.getValue().length;
    }
    ByteBuffer out = ByteBuffer.allocate(Math.toIntExact(size));
    put(out, before);
    put(out, after);
    out.putInt(files.size());
    files.forEach(
        (path, bytes) -> {
          put(out, path.getBytes(StandardCharsets.US_ASCII));
          put(out, bytes);
        });
    return out.array();
  }

  private static void put(ByteBuffer out, byte[] bytes) {
    out.putInt(bytes.length).put(bytes);
  }

  /// @param in a whole record
  /// @param name of the journal in errors
  static Batch parse(ByteBuffer in, String name) throws FormatException {
    byte[] before = bytes(in, name);
    byte[] after = bytes(in, name);
    int count = number(in, name);
    SequencedMap<String, byte[]> files = new LinkedHashMap<>();
    for (int i = 0; i < count; i++) {
      byte[] path = bytes(in, name);
      files.put(path(path, name), bytes(in, name));
    }
    if (in.hasRemaining()) {
      throw new FormatException.Malformed(
          name, in.position(), in.remaining() + " bytes behind the last file");
    }
    return new Batch(before, after, files);
  }

  /// No path leaves the folder, or names its lock, its checkpoint or a journal.
  private static String path(byte[] bytes, String name) throws FormatException {
    String path = new String(bytes, StandardCharsets.ISO_8859_1);
    if (path.length() > LONGEST_PATH || !PATH.matcher(path).matches()) {
      throw new FormatException.Malformed(
          name, 0, "not the path of a tile or an envelope: " + path);
    }
    return path;
  }

  private static byte[] bytes(ByteBuffer in, String name) throws FormatException {
    int length = number(in, name);
    if (length > in.remaining()) {
      throw new FormatException.Malformed(
          name, in.position(), "declares " + length + " bytes, " + in.remaining() + " follow");
    }
    byte[] bytes = new byte[length];
    in.get(bytes);
    return bytes;
  }

  private static int number(ByteBuffer in, String name) throws FormatException {
    if (in.remaining() < Integer.BYTES || in.getInt(in.position()) < 0) {
      throw new FormatException.Malformed(name, in.position(), "no length");
    }
    return in.getInt();
  }
}
