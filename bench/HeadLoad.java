import java.io.BufferedInputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.LongAdder;

/// HEAD requests over 32 connections, which wrk cannot send (it waits for a body): prints answers a
/// second. Arguments: host, port, path, token or -, seconds.
class HeadLoad {
  public static void main(String[] words) throws Exception {
    String token = words[3].equals("-") ? "" : "Authorization: Bearer " + words[3] + "\r\n";
    byte[] request =
        ("HEAD " + words[2] + " HTTP/1.1\r\nHost: " + words[0] + "\r\n" + token + "\r\n")
            .getBytes(StandardCharsets.US_ASCII);
    long nanos = Long.parseLong(words[4]) * 1_000_000_000L;
    load(words, request, 1_000_000_000L); // warms up both sides
    System.out.println((long) (load(words, request, nanos) * 1e9 / nanos));
  }

  private static long load(String[] words, byte[] request, long nanos) throws Exception {
    LongAdder answers = new LongAdder();
    long end = System.nanoTime() + nanos;
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 32; i++) {
        threads.submit(
            () -> {
              try (Socket socket = new Socket(words[0], Integer.parseInt(words[1]))) {
                socket.setTcpNoDelay(true);
                OutputStream out = socket.getOutputStream();
                BufferedInputStream in = new BufferedInputStream(socket.getInputStream(), 4096);
                while (System.nanoTime() < end) {
                  out.write(request);
                  skipHead(in);
                  answers.increment();
                }
              }
              return null;
            });
      }
    }
    return answers.sum();
  }

  private static void skipHead(BufferedInputStream in) throws Exception {
    int first = in.read();
    for (int i = 0; i < 8; i++) {
      in.read();
    }
    if (first != 'H' || in.read() != '2') {
      throw new IllegalStateException("not answered with 2xx");
    }
    int ends = 0; // of lines, one after the other
    while (ends < 2) {
      int c = in.read();
      if (c < 0) {
        throw new IllegalStateException("closed");
      }
      ends = c == '\n' ? ends + 1 : c == '\r' ? ends : 0;
    }
  }
}
