import dev.vidimus.artifact.Digest;
import dev.vidimus.artifact.Level;
import dev.vidimus.artifact.Verdict;
import dev.vidimus.artifact.json.JsonValue.JsonObject;
import dev.vidimus.evidence.CheckFailed;
import dev.vidimus.evidence.intoto.Subject;
import dev.vidimus.evidence.keys.SigningKey;
import dev.vidimus.registry.Registry;
import dev.vidimus.registry.change.Draft;
import dev.vidimus.registry.change.Session;
import dev.vidimus.registry.home.Home;
import dev.vidimus.registry.home.KeyRing;
import dev.vidimus.registry.statement.Deployment;
import dev.vidimus.registry.statement.Examination;
import dev.vidimus.registry.statement.Intake;
import dev.vidimus.registry.statement.Kind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/// Fills a new home with artifacts and deployments, many statements a change. Run by
/// `bench/registry`.
class RegistryBench {
  static final int BATCH = 1_000;
  static final int WORKLOADS = 1_000;

  public static void main(String[] args) throws Exception {
    Home home = new Home(Path.of(args[0]));
    int artifacts = Integer.parseInt(args[1]);
    int deployments = Integer.parseInt(args[2]);
    Registry registry = Registry.open(home, "", "bench", 1, InstantSource.system());
    String admin = registry.init("bench", null);
    SigningKey gate = new KeyRing(home).gate();
    for (int from = 0; from < artifacts; from += BATCH) {
      int first = from;
      int last = Math.min(artifacts, from + BATCH);
      registry.make(
          session -> {
            for (int i = first; i < last; i++) {
              artifact(session, admin, gate, i);
            }
            return last;
          });
    }
    for (int from = 0; from < deployments; from += BATCH) {
      int first = from;
      int last = Math.min(deployments, from + BATCH);
      registry.make(
          session -> {
            for (int i = first; i < last; i++) {
              Deployment deployment =
                  new Deployment("internal", "service-" + i % WORKLOADS, null, false);
              session.append(
                  new Draft(
                      Kind.DEPLOYMENT,
                      admin,
                      List.of(subject(list(i * 7 % artifacts))),
                      deployment.json(),
                      gate));
            }
            return last;
          });
    }
  }

  /// The list of files of an artifact, whose digest is its own.
  static byte[] list(int i) {
    String hex = Digest.sha256(("file " + i).getBytes(StandardCharsets.UTF_8)).hex();
    return (hex + "  model.safetensors\n").getBytes(StandardCharsets.UTF_8);
  }

  static Subject subject(byte[] list) {
    return new Subject("snapshot", Map.of("sha256", Digest.sha256(list).hex()));
  }

  static void artifact(Session session, String admin, SigningKey gate, int i)
      throws IOException, CheckFailed {
    byte[] list = list(i);
    session.keep(list);
    Digest findings = session.keep(new byte[0]);
    List<Subject> subjects = List.of(subject(list));
    for (String examiner : List.of("scan", "signatures")) {
      Examination found =
          new Examination(
              examiner,
              "bench",
              Digest.sha256(new byte[0]).toString(),
              session.now(),
              session.now(),
              Verdict.CLEAN,
              0,
              Map.of(Level.INFO, 0L),
              findings.toString(),
              new JsonObject(Map.of()));
      session.append(new Draft(Kind.INSPECTION, admin, subjects, found.json(), gate));
    }
    Intake intake =
        new Intake(
            admin,
            "model-" + i / 10,
            1 + i % 10,
            new Intake.Source("folder", "source-" + i / 100, "", List.of()),
            1_000_000,
            1,
            "internal",
            List.of());
    session.append(new Draft(Kind.INTAKE, admin, subjects, intake.json(), gate));
  }
}
