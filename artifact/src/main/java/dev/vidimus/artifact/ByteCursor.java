package dev.vidimus.artifact;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.Charset;
import java.util.Arrays;

/// A checked way through [Bytes]: every read names its field, and every declared length is proved,
/// unsigned, against what follows and against a limit before anything is allocated.
///
/// Reads go through a window, so that neighbouring small reads cost no system call and a skipped
/// payload is never read. Multi-byte numbers are little-endian unless the name says `Big`. Not
/// thread-safe; open one cursor for each thread.
public final class ByteCursor {
  private static final VarHandle U16 = little(short[].class);
  private static final VarHandle U32 = little(int[].class);
  private static final VarHandle U64 = little(long[].class);
  private static final int WINDOW = 1 << 16;

  private final Bytes bytes;
  private final String source;
  private final long size;
  private final byte[] window;

  /// Position of `window[0]` in the source.
  private long base;

  private int at;
  private int filled;

  /// @param bytes what is read, from its first byte on
  /// @param source its name in errors: `model.pt!/archive/data.pkl`
  public ByteCursor(Bytes bytes, String source) {
    this.bytes = bytes;
    this.source = source;
    this.size = bytes.size();
    this.window = new byte[(int) Math.min(WINDOW, Math.max(size, Long.BYTES))];
  }

  private static VarHandle little(Class<?> array) {
    return MethodHandles.byteArrayViewVarHandle(array, ByteOrder.LITTLE_ENDIAN);
  }

  /// Position of the next byte to be read.
  public long position() {
    return base + at;
  }

  /// Size of the source in bytes.
  public long size() {
    return size;
  }

  /// The source under the cursor.
  public Bytes bytes() {
    return bytes;
  }

  /// Bytes from the position to the end of the source.
  public long remaining() {
    return size - base - at;
  }

  /// True until the last byte was read.
  public boolean hasRemaining() {
    return at < filled || remaining() > 0;
  }

  /// Name of the source and the field, as errors give it.
  public String where(String field) {
    return source + ": " + field;
  }

  /// Moves to a position that the caller has checked; the end of the source is allowed.
  ///
  /// @throws IndexOutOfBoundsException if it lies outside the source
  public void seek(long position) {
    if (position < 0 || position > size) {
      throw new IndexOutOfBoundsException("position " + position + " of " + size + " bytes");
    }
    long inside = position - base;
    if (inside >= 0 && inside <= filled) {
      at = (int) inside;
    } else {
      base = position;
      at = 0;
      filled = 0;
    }
  }

  /// Passes over `count` bytes, unsigned, without reading them.
  public void skip(String field, long count) throws FormatException {
    require(count, field);
    seek(position() + count);
  }

  /// Reads one byte, 0 to 255.
  public int u8(String field) throws IOException, FormatException {
    if (at == filled) {
      need(1, field);
    }
    return window[at++] & 0xff;
  }

  /// The next byte without passing over it, or -1 at the end.
  public int peek() throws IOException {
    return peek(0);
  }

  /// A byte ahead without passing over it, or -1 behind the end.
  ///
  /// @param ahead 0 for the next byte; at most 7
  public int peek(int ahead) throws IOException {
    if (filled - at <= ahead) {
      if (remaining() <= ahead) {
        return -1;
      }
      fill(ahead + 1);
    }
    return window[at + ahead] & 0xff;
  }

  /// Reads an unsigned 16-bit number.
  public int u16(String field) throws IOException, FormatException {
    need(Short.BYTES, field);
    int value = (short) U16.get(window, at) & 0xffff;
    at += Short.BYTES;
    return value;
  }

  /// Reads a signed 32-bit number.
  public int i32(String field) throws IOException, FormatException {
    need(Integer.BYTES, field);
    int value = (int) U32.get(window, at);
    at += Integer.BYTES;
    return value;
  }

  /// Reads an unsigned 32-bit number.
  public long u32(String field) throws IOException, FormatException {
    return i32(field) & 0xffff_ffffL;
  }

  /// Reads 64 bits; whether they are signed is the caller's to say.
  public long i64(String field) throws IOException, FormatException {
    need(Long.BYTES, field);
    long value = (long) U64.get(window, at);
    at += Long.BYTES;
    return value;
  }

  /// Reads an unsigned 32-bit big-endian number.
  public long u32Big(String field) throws IOException, FormatException {
    return Integer.reverseBytes(i32(field)) & 0xffff_ffffL;
  }

  /// Reads 64 big-endian bits.
  public long i64Big(String field) throws IOException, FormatException {
    return Long.reverseBytes(i64(field));
  }

  /// Reads an unsigned 64-bit length in bytes, and proves that so many bytes follow it.
  ///
  /// @param limit the largest length that is worth reading
  public long length64(String field, long limit) throws IOException, FormatException {
    long start = position();
    return proved(field, start, i64(field), limit);
  }

  /// Reads an unsigned 32-bit length in bytes, and proves that so many bytes follow it.
  public int length32(String field, int limit) throws IOException, FormatException {
    long start = position();
    return (int) proved(field, start, u32(field), limit);
  }

  /// Proves that an unsigned length, declared at `start`, fits what follows the position and the
  /// limit.
  public long proved(String field, long start, long length, long limit) throws FormatException {
    // Unsigned, because 0xffffffffffffffff would otherwise pass every upper bound as -1.
    if (Long.compareUnsigned(length, remaining()) > 0) {
      throw new FormatException.Malformed(
          where(field),
          start,
          "declares " + Long.toUnsignedString(length) + " bytes but " + remaining() + " follow");
    }
    if (length > limit) {
      throw new FormatException.LimitExceeded(
          where(field), start, "declares " + length + " bytes, over the limit of " + limit);
    }
    return length;
  }

  /// Reads `count` bytes; the caller has checked the count against a limit.
  public byte[] array(String field, int count) throws IOException, FormatException {
    require(count, field);
    byte[] copy = new byte[count];
    read(copy, 0, count);
    return copy;
  }

  /// Reads `count` bytes into an array; the caller has checked the count against a limit.
  public void array(String field, byte[] into, int offset, int count)
      throws IOException, FormatException {
    require(count, field);
    read(into, offset, count);
  }

  /// Reads `count` bytes as text; bytes that the character set does not know become U+FFFD.
  public String text(String field, int count, Charset charset) throws IOException, FormatException {
    if (count <= filled - at) {
      String value = new String(window, at, count, charset);
      at += count;
      return value;
    }
    return new String(array(field, count), charset);
  }

  /// Passes over bytes up to and including the next newline.
  ///
  /// @param limit the longest line worth passing over, in bytes
  /// @return the length of the line without its newline
  public long skipLine(String field, long limit) throws IOException, FormatException {
    long start = position();
    while (true) {
      for (int i = at; i < filled; i++) {
        if (window[i] == '\n') {
          at = i + 1;
          return checkLine(field, start, base + i - start, limit);
        }
      }
      checkLine(field, start, base + filled - start, limit);
      at = filled;
      if (remaining() == 0) {
        throw new FormatException.Malformed(
            where(field), start, "no newline in the " + (size - start) + " bytes that follow");
      }
      fill(1);
    }
  }

  /// Reads the bytes up to the next newline, and passes over it.
  ///
  /// @param limit the longest line worth reading, in bytes
  public byte[] line(String field, int limit) throws IOException, FormatException {
    for (int i = at; i < filled; i++) {
      if (window[i] == '\n') {
        checkLine(field, position(), i - at, limit);
        byte[] line = Arrays.copyOfRange(window, at, i);
        at = i + 1;
        return line;
      }
    }
    long start = position();
    int length = (int) skipLine(field, limit);
    return bytes.array(start, length);
  }

  private long checkLine(String field, long start, long length, long limit) throws FormatException {
    if (length > limit) {
      throw new FormatException.LimitExceeded(
          where(field), start, "a line longer than the limit of " + limit + " bytes");
    }
    return length;
  }

  /// A failure at the position: the bytes contradict their format.
  public FormatException.Malformed malformed(String field, String problem) {
    return new FormatException.Malformed(where(field), position(), problem);
  }

  private void read(byte[] into, int offset, int count) throws IOException {
    int inWindow = Math.min(count, filled - at);
    System.arraycopy(window, at, into, offset, inWindow);
    at += inWindow;
    if (count > inWindow) {
      long from = position();
      bytes.read(from, into, offset + inWindow, count - inWindow);
      seek(from + count - inWindow);
    }
  }

  private void require(long count, String field) throws FormatException {
    if (count < 0 || count > remaining()) { // compared with a difference, so no sum can overflow
      throw new FormatException.Malformed(
          where(field),
          position(),
          "needs " + Long.toUnsignedString(count) + " bytes but " + remaining() + " follow");
    }
  }

  private void need(int count, String field) throws IOException, FormatException {
    if (filled - at < count) {
      require(count, field);
      fill(count);
    }
  }

  /// Makes at least `count` bytes available in the window; the caller has proved that they exist.
  private void fill(int count) throws IOException {
    int kept = filled - at;
    System.arraycopy(window, at, window, 0, kept);
    base += at;
    at = 0;
    filled = kept;
    int more = (int) Math.min(window.length - kept, size - base - kept);
    bytes.read(base + kept, window, kept, more);
    filled = kept + more;
    assert filled >= count;
  }
}
