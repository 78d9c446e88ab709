package dev.vidimus.registry.hub;

import dev.vidimus.artifact.Bytes;
import dev.vidimus.artifact.Digest;
import dev.vidimus.artifact.Printable;
import dev.vidimus.registry.intake.Refusal;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;

/// A file of a hub of which the parts come that are read, in blocks. Whoever reads on gets more at
/// once each time, so that a whole file takes few requests.
///
/// A small file comes whole, and is compared with the hash that the hub's list declares. What comes
/// in parts cannot be: it is what the hub sends for this commit.
final class RangeBytes implements Bytes {
  /// A file up to this size comes whole.
  static final int WHOLE = 1 << 20;

  static final int BLOCK = 64 << 10;

  /// Blocks that come at once, at most.
  private static final int MOST_AT_ONCE = 64;

  /// Blocks that are kept.
  private static final int MOST_KEPT = 192;

  private static final int PRINTED = 200;

  private final Connection connection;
  private final HubLimits limits;
  private final HubFile file;
  private final URI url;
  private final String commit;
  private final AtomicLong fetched;
  private final Map<Long, byte[]> blocks = new LinkedHashMap<>(16, 0.75f, true);
  private long expected = -1; // the block behind the last that came
  private int ahead = 1;

  /// @param fetched counts the bytes that come
  RangeBytes(
      Connection connection,
      HubLimits limits,
      HubFile file,
      URI url,
      String commit,
      AtomicLong fetched) {
    this.connection = connection;
    this.limits = limits;
    this.file = file;
    this.url = url;
    this.commit = commit;
    this.fetched = fetched;
  }

  @Override
  public long size() {
    return file.size();
  }

  @Override
  public synchronized void read(long offset, byte[] into, int at, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, file.size());
    long position = offset;
    int to = at;
    while (position < offset + length) {
      long number = position / BLOCK;
      byte[] block = block(number);
      int skip = (int) (position - number * BLOCK);
      int count = (int) Math.min(block.length - skip, offset + length - position);
      System.arraycopy(block, skip, into, to, count);
      position += count;
      to += count;
    }
  }

  private byte[] block(long number) throws IOException {
    byte[] known = blocks.get(number);
    if (known != null) {
      return known;
    }
    boolean isWhole = file.size() <= WHOLE;
    ahead = number == expected ? Math.min(ahead * 2, MOST_AT_ONCE) : 1;
    long from = isWhole ? 0 : number * BLOCK;
    long to = isWhole ? file.size() : Math.min(file.size(), from + (long) ahead * BLOCK);
    byte[] content = fetch(from, (int) (to - from));
    if (isWhole) {
      requireHash(content);
    }
    for (int start = 0; start < content.length; start += BLOCK) {
      int end = Math.min(content.length, start + BLOCK);
      blocks.put((from + start) / BLOCK, Arrays.copyOfRange(content, start, end));
    }
    expected = (to + BLOCK - 1) / BLOCK;
    byte[] wanted = Objects.requireNonNull(blocks.get(number));
    var oldest = blocks.keySet().iterator();
    while (blocks.size() > MOST_KEPT) {
      oldest.next();
      oldest.remove();
    }
    return wanted;
  }

  private byte[] fetch(long from, int length) throws IOException {
    byte[] content = new byte[length];
    int done = 0;
    int failures = 0;
    while (done < length) {
      int before = done;
      IOException problem = new IOException("the hub is busy");
      try (Answer answer = connection.get(url, range(from + done, from + length))) {
        if (!answer.isTemporary()) {
          require(answer, from + done, from + length);
          int count;
          while (done < length && (count = answer.body().read(content, done, length - done)) >= 0) {
            done += count;
            fetched.addAndGet(count);
          }
          problem = new IOException("the connection was cut");
        }
      } catch (Refusal e) {
        throw e;
      } catch (IOException e) {
        problem = e;
      }
      if (done == before && ++failures > limits.retries()) {
        throw new IOException(
            "%s: bytes %d to %d do not come, after %d attempts: %s"
                .formatted(shown(), from + done, from + length, failures, problem.getMessage()),
            problem);
      }
      if (done == before) {
        connection.pause(failures);
      }
    }
    return content;
  }

  /// The end is the first byte that is not wanted; the header says the last that is.
  private static String range(long from, long end) {
    return "bytes=" + from + "-" + (end - 1);
  }

  private void require(Answer answer, long from, long end) throws Refusal {
    boolean isAll = from == 0 && end == file.size();
    if (answer.status() == 200 && !isAll) {
      throw refusal("the hub sends no ranges of it", "download the model and scan the folder");
    }
    if (answer.status() != 200 && answer.status() != 206) {
      Refusal why = connection.refusal(answer);
      throw refusal(String.valueOf(why.getMessage()), why.hint());
    }
    if (!answer.commit().isEmpty() && !answer.commit().equals(commit)) {
      throw refusal(
          "commit %s was asked for, but the hub answers from %s"
              .formatted(commit, Printable.of(answer.commit(), PRINTED)),
          "");
    }
    String encoding = answer.header("Content-Encoding");
    if (!encoding.isEmpty() && !encoding.equals("identity")) {
      throw refusal("comes encoded as " + Printable.of(encoding, PRINTED) + ", not as it is", "");
    }
    String wanted = "bytes " + from + "-" + (end - 1) + "/" + file.size();
    if (answer.status() == 206 && !answer.header("Content-Range").equals(wanted)) {
      throw refusal(
          "%s was asked for, but %s comes"
              .formatted(wanted, Printable.of(answer.header("Content-Range"), PRINTED)),
          "");
    }
    if (answer.length() >= 0 && answer.length() != end - from) {
      throw refusal(
          "%d bytes were asked for, but %d come".formatted(end - from, answer.length()), "");
    }
  }

  private void requireHash(byte[] content) throws Refusal {
    String found =
        file.algorithm().equals("sha256") ? Digest.sha256(content).hex() : gitHash(content);
    if (!found.equals(file.hash())) {
      throw refusal(
          "the hub's list declares %s %s, but what came has %s"
              .formatted(file.algorithm(), file.hash(), found),
          "");
    }
  }

  private static String gitHash(byte[] content) {
    try {
      MessageDigest sha1 = MessageDigest.getInstance("SHA-1");
      sha1.update(("blob " + content.length + "\0").getBytes(StandardCharsets.US_ASCII));
      return HexFormat.of().formatHex(sha1.digest(content));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this Java platform lacks SHA-1", e);
    }
  }

  private Refusal refusal(String problem, String hint) {
    return new Refusal(shown() + ": " + problem, hint);
  }

  private String shown() {
    return Printable.of(file.path(), PRINTED);
  }
}
