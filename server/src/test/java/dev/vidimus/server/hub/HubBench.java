package dev.vidimus.server.hub;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/// A server to be measured from outside: prints its address, a token, and the folder of its blobs;
/// ends with its input.
final class HubBench {
  private static final int LARGE = 4 << 20;

  private HubBench() {}

  public static void main(String[] words) throws Exception {
    Path folder = Files.createTempDirectory("vidimus-bench");
    try (HubHouse hub = new HubHouse(folder)) {
      Map<String, byte[]> files = new HashMap<>(HubHouse.TOY);
      files.put("large.npy", new byte[LARGE]);
      files.put("huge.npy", new byte[6 * LARGE]);
      hub.admit("acme/toy", "sandbox", files);
      String line = hub.house().address() + " " + hub.token() + " " + folder + "\n";
      Files.writeString(Path.of(words[0]), line);
      while (Files.exists(Path.of(words[0]))) {
        Thread.sleep(200);
      }
    }
  }
}
