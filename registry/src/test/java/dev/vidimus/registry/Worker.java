package dev.vidimus.registry;

import dev.vidimus.registry.lifecycle.Actor;
import dev.vidimus.registry.lifecycle.Acts;
import dev.vidimus.registry.question.Artifact;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// A process that works in a firm from several threads, and prints every act that was acknowledged:
/// the word, and the digest of its statement or of what was admitted. Killed at any time.
final class Worker {
  private static final PrintStream OUT = new PrintStream(System.out, true, StandardCharsets.UTF_8);

  private final Firm firm;
  private final String name;
  private final List<Actor> people;
  private final Random random;

  private Worker(Firm firm, String name, List<Actor> people) {
    this.firm = firm;
    this.name = name;
    this.people = people;
    this.random = new Random(name.hashCode());
  }

  /// The folder of a firm, a name for this worker, how many threads, how many acts of each,
  /// the address of the tables or nothing.
  public static void main(String[] args) throws Exception {
    Firm firm = Firm.open(Path.of(args[0]), args[4]);
    List<Actor> people = firm.everybody();
    List<Thread> threads = new ArrayList<>();
    for (int thread = 0; thread < Integer.parseInt(args[2]); thread++) {
      Worker worker = new Worker(firm, args[1] + "-" + thread, people);
      int acts = Integer.parseInt(args[3]);
      threads.add(Thread.ofPlatform().start(() -> worker.work(acts)));
    }
    for (Thread thread : threads) {
      thread.join();
    }
  }

  private void work(int acts) {
    try {
      for (int i = 0; i < acts; ) {
        i += story(acts - i, i);
      }
    } catch (Exception e) {
      e.printStackTrace();
      Runtime.getRuntime().halt(3);
    }
  }

  /// Admits something, and does what there is to do with it. Everybody uses the same few names.
  ///
  /// @return how many acts were acknowledged
  private int story(int most, int number) throws Exception {
    String model = "model" + random.nextInt(3);
    String content = "{\"by\": \"" + name + " " + number + "\"}";
    Artifact artifact =
        random.nextInt(3) == 0
            ? firm.detach(name, people.get(0), model, content)
            : firm.admitFrom(name, people.get(0), model, content);
    print("admit", artifact.snapshot() + " " + artifact.label());
    int done = 1;
    for (int i = 1; i <= 2 && done < most; i++, done++) {
      print(
          "approve",
          firm.registry().answer(people.get(i), artifact.snapshot(), null, false, "").envelope());
    }
    if (done < most) {
      String decision =
          firm.registry().promote(people.get(0).id(), artifact.snapshot(), null).envelope();
      print("promote", decision);
      done++;
    }
    if (done < most && random.nextBoolean()) {
      print(
          "revoke",
          firm.registry()
              .make(Acts.revoke(people.get(3), List.of(artifact.snapshot()), false, content, false))
              .envelope());
      done++;
    }
    return done;
  }

  private static void print(String word, String what) {
    synchronized (OUT) {
      OUT.print(word + " " + what + "\n");
      OUT.flush();
    }
  }
}
