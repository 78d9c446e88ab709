package dev.vidimus.server.api;

import dev.vidimus.artifact.FormatException;
import dev.vidimus.artifact.json.JsonWriter;
import dev.vidimus.evidence.CheckFailed;
import dev.vidimus.policy.CheckedPolicy;
import dev.vidimus.policy.PolicyBundle;
import dev.vidimus.policy.PolicyDiff;
import dev.vidimus.policy.PolicyException;
import dev.vidimus.policy.PolicyRule;
import dev.vidimus.policy.PolicyTests;
import dev.vidimus.registry.Registry;
import dev.vidimus.registry.decide.Replay;
import dev.vidimus.server.http.Exchange;
import dev.vidimus.server.http.Operation;
import dev.vidimus.server.http.Problem;
import dev.vidimus.server.http.Verb;
import dev.vidimus.server.identity.Permission;
import dev.vidimus.server.identity.Signers;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The policy that holds, and the next one.
final class PolicyResources {
  private final Registry registry;
  private final Signers signers;

  PolicyResources(Registry registry, Signers signers) {
    this.registry = registry;
    this.signers = signers;
  }

  void addTo(Api api) {
    api.read(
        "/policy",
        Permission.READ,
        Operation.of("The policy that holds: its rules, environments and tiers.", "Policy"),
        exchange -> Reply.ok(json(registry.policy())));
    api.write(
        Verb.POST,
        "/policy/checks",
        Permission.REVIEW,
        Operation.of(
                "Whether a policy could be published: compiles it, runs its tests.",
                "PolicyChecked")
            .takes("NewPolicy"),
        this::check);
    api.write(
        Verb.POST,
        "/policy/comparisons",
        Permission.REVIEW,
        Operation.of("What a policy would change of everything that was decided.", "PolicyChanges")
            .takes("NewPolicy"),
        this::compare);
    api.write(
        Verb.POST,
        "/policy",
        Permission.SECURITY,
        Operation.of("Lets another policy hold from now on.", "Policy").takes("NewPolicy"),
        this::publish);
  }

  private static PolicyBundle bundle(Exchange exchange)
      throws IOException, PolicyException, Problem {
    Map<String, byte[]> files = new TreeMap<>();
    Body.of(exchange, "files")
        .textsByName("files")
        .forEach((path, text) -> files.put(path, text.getBytes(StandardCharsets.UTF_8)));
    return PolicyBundle.read(files);
  }

  private Reply check(Exchange exchange) throws IOException, Problem {
    JsonWriter json = new JsonWriter().object();
    List<String> problems;
    String digest = "";
    try {
      CheckedPolicy policy = CheckedPolicy.compile(bundle(exchange));
      digest = policy.digest();
      problems = PolicyTests.obstacles(policy);
    } catch (PolicyException e) {
      problems = e.problems();
    }
    json.name("digest").string(digest).name("problems").array();
    problems.forEach(json::string);
    return Reply.ok(json.endArray().endObject());
  }

  private Reply compare(Exchange exchange)
      throws IOException, FormatException, CheckFailed, Problem {
    try {
      List<PolicyDiff.Changed> changed =
          PolicyDiff.of(
              registry.policy(),
              CheckedPolicy.compile(bundle(exchange)),
              registry.ask(sql -> Replay.facts(sql, registry.log())));
      JsonWriter json = new JsonWriter().object().name("changed").array();
      for (PolicyDiff.Changed one : changed) {
        json.object().name("artifact");
        json.string(
            one.facts().value("artifact", "name") + "@" + one.facts().value("artifact", "version"));
        json.name("environment")
            .string(String.valueOf(one.facts().value("question", "environment")));
        json.name("before").string(one.before().outcome().word());
        json.name("after").string(one.after().outcome().word()).name("because").array();
        one.because().forEach(json::string);
        json.endArray().endObject();
      }
      return Reply.ok(json.endArray().endObject());
    } catch (PolicyException e) {
      throw unfit(e);
    }
  }

  private Reply publish(Exchange exchange)
      throws IOException, FormatException, CheckFailed, Problem {
    try {
      CheckedPolicy policy = CheckedPolicy.compile(bundle(exchange));
      List<String> obstacles = PolicyTests.obstacles(policy);
      if (!obstacles.isEmpty()) {
        throw new PolicyException(obstacles);
      }
      registry.publish(signers.actor(exchange.caller(), exchange.secret()), policy);
      return Reply.created(Api.BASE + "/policy", json(policy));
    } catch (PolicyException e) {
      throw unfit(e);
    }
  }

  private static Problem unfit(PolicyException e) {
    return new Problem(
        422,
        "Unprocessable content",
        String.join("; ", e.problems()),
        "POST /api/v1/policy/checks, or vidimus policy lint and test, show the same before");
  }

  private static JsonWriter json(CheckedPolicy policy) {
    PolicyBundle bundle = policy.bundle();
    JsonWriter json = new JsonWriter().object().name("name").string(bundle.name());
    json.name("version").string(bundle.version()).name("digest").string(policy.digest());
    json.name("environments").object();
    bundle.environments().forEach((environment, tier) -> json.name(environment).string(tier));
    json.endObject().name("rules").array();
    for (PolicyRule rule : bundle.rules()) {
      json.object().name("id").string(rule.id()).name("title").string(rule.title());
      json.name("severity").string(rule.severity().name());
      json.name("mode").string(rule.mode().word());
      json.name("exceptable").bool(rule.exceptable()).endObject();
    }
    return json.endArray().endObject();
  }
}
