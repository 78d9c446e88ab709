package dev.vidimus.registry.hub;

import dev.vidimus.artifact.Digest;
import dev.vidimus.artifact.Printable;
import dev.vidimus.registry.intake.NewTree;
import dev.vidimus.registry.intake.Refusal;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// One file on its way here: resumed where the connection was cut, and compared with the hub's
/// list before anybody else sees it.
final class Download {
  /// Bytes that make an attempt a success, however it ended.
  private static final long PROGRESS = 8L << 20;

  private static final int BUFFER = 1 << 16;
  private static final int PRINTED = 200;

  private final Connection connection;
  private final HubLimits limits;
  private final HubFile file;
  private final URI url;
  private final String commit;
  private final Arrived arrived;

  private MessageDigest hash;
  private long done;

  /// Is told what arrived of this file; negative if it has to begin anew.
  interface Arrived {
    void bytes(long count);
  }

  /// @param commit that the hub must answer from
  Download(
      Connection connection,
      HubLimits limits,
      HubFile file,
      URI url,
      String commit,
      Arrived arrived) {
    this.connection = connection;
    this.limits = limits;
    this.file = file;
    this.url = url;
    this.commit = commit;
    this.arrived = arrived;
    this.hash = newHash();
  }

  /// Git hashes `blob`, the size, a zero and the content, by SHA-1.
  private MessageDigest newHash() {
    if (file.algorithm().equals("sha256")) {
      return Digest.newSha256();
    }
    try {
      MessageDigest sha1 = MessageDigest.getInstance("SHA-1");
      sha1.update(("blob " + file.size() + "\0").getBytes(StandardCharsets.US_ASCII));
      return sha1;
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this Java platform lacks SHA-1", e);
    }
  }

  /// Writes the file.
  ///
  /// @throws Refusal if size or hash are others than the list declares
  void into(NewTree tree) throws IOException {
    OutputStream out = tree.create(file.path());
    try {
      int failures = 0;
      while (done < file.size()) {
        long before = done;
        try (Answer answer = connection.get(url, done)) {
          if (accept(answer)) {
            out = begin(answer, tree, out);
            copy(answer, out);
          }
        } catch (Refusal | WriteFailure e) {
          throw e;
        } catch (IOException e) {
          failures = afterCut(failures, before, e);
          continue;
        }
        if (done < file.size()) {
          failures = afterCut(failures, before, new IOException("the hub is busy"));
        }
      }
    } finally {
      out.close();
    }
    String found = HexFormat.of().formatHex(hash.digest());
    if (!found.equals(file.hash())) {
      throw refusal(
          "the hub's list declares %s %s, but what came has %s"
              .formatted(file.algorithm(), file.hash(), found));
    }
  }

  private int afterCut(int failures, long before, IOException problem) throws IOException {
    int now = done - before >= PROGRESS ? 1 : failures + 1;
    if (now > limits.retries()) {
      throw new IOException(
          "%s: cut off at byte %d of %d, after %d attempts: %s"
              .formatted(shown(), done, file.size(), now, problem.getMessage()),
          problem);
    }
    connection.pause(now);
    return now;
  }

  /// Whether there is a body to be read.
  private boolean accept(Answer answer) throws Refusal {
    if (answer.isTemporary()) {
      return false;
    }
    if (answer.status() == 416) {
      throw refusal(
          "the hub's list declares %d bytes, but there are: %s"
              .formatted(file.size(), Printable.of(answer.header("Content-Range"), PRINTED)));
    }
    if (answer.status() != 200 && answer.status() != 206) {
      Refusal why = connection.refusal(answer);
      throw new Refusal(shown() + ": " + why.getMessage(), why.hint());
    }
    if (!answer.commit().isEmpty() && !answer.commit().equals(commit)) {
      throw refusal(
          "commit %s was asked for, but the hub answers from %s"
              .formatted(commit, Printable.of(answer.commit(), PRINTED)));
    }
    String encoding = answer.header("Content-Encoding");
    if (!encoding.isEmpty() && !encoding.equals("identity")) {
      throw refusal("comes encoded as " + Printable.of(encoding, PRINTED) + ", not as it is");
    }
    long length = answer.length();
    long wanted = answer.status() == 200 ? file.size() : file.size() - done;
    if (length >= 0 && length != wanted) {
      throw refusal("the hub's list declares %d bytes, but %d come".formatted(file.size(), length));
    }
    return true;
  }

  /// Begins anew if the hub sends the whole again.
  private OutputStream begin(Answer answer, NewTree tree, OutputStream out) throws IOException {
    if (answer.status() == 206) {
      String range = "bytes " + done + "-" + (file.size() - 1) + "/" + file.size();
      if (!answer.header("Content-Range").equals(range)) {
        throw refusal(
            "%s was asked for, but %s comes"
                .formatted(range, Printable.of(answer.header("Content-Range"), PRINTED)));
      }
      return out;
    }
    if (done == 0) {
      return out;
    }
    out.close();
    arrived.bytes(-done);
    done = 0;
    hash = newHash();
    Files.delete(tree.file(file.path()));
    return tree.create(file.path());
  }

  private void copy(Answer answer, OutputStream out) throws IOException {
    byte[] buffer = new byte[BUFFER];
    while (true) {
      int count = answer.body().read(buffer, 0, BUFFER);
      if (count < 0) {
        break;
      }
      if (count > file.size() - done) {
        throw refusal("the hub's list declares %d bytes, but more come".formatted(file.size()));
      }
      try {
        out.write(buffer, 0, count);
      } catch (IOException e) {
        throw new WriteFailure(shown() + ": cannot be written: " + e.getMessage(), e);
      }
      hash.update(buffer, 0, count);
      done += count;
      arrived.bytes(count);
      if (done == file.size() && isEnd(answer)) {
        return;
      }
    }
    if (done < file.size()) {
      throw refusal(
          "the hub's list declares %d bytes, but only %d come".formatted(file.size(), done));
    }
  }

  /// Whether the sender said that this is all; if not, we have to look.
  private static boolean isEnd(Answer answer) {
    return answer.length() >= 0;
  }

  private String shown() {
    return Printable.of(file.path(), PRINTED);
  }

  private Refusal refusal(String problem) {
    return new Refusal(shown() + ": " + problem, "nothing of it was kept");
  }

  /// Our side failed: trying again would not help.
  private static final class WriteFailure extends IOException {
    private static final long serialVersionUID = 1L;

    WriteFailure(String message, IOException cause) {
      super(message, cause);
    }
  }
}
