package dev.vidimus.server.api;

import dev.vidimus.artifact.FormatException;
import dev.vidimus.artifact.json.JsonWriter;
import dev.vidimus.evidence.CheckFailed;
import dev.vidimus.policy.CheckedPolicy;
import dev.vidimus.policy.PolicyBundle;
import dev.vidimus.policy.PolicyException;
import dev.vidimus.policy.PolicyRule;
import dev.vidimus.policy.PolicyTests;
import dev.vidimus.registry.Registry;
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
        "/policy",
        Permission.SECURITY,
        Operation.of("Lets another policy hold from now on.", "Policy").takes("NewPolicy"),
        this::publish);
  }

  private Reply publish(Exchange exchange)
      throws IOException, FormatException, CheckFailed, Problem {
    Map<String, byte[]> files = new TreeMap<>();
    Body.of(exchange, "files")
        .textsByName("files")
        .forEach((path, text) -> files.put(path, text.getBytes(StandardCharsets.UTF_8)));
    try {
      CheckedPolicy policy = CheckedPolicy.compile(PolicyBundle.read(files));
      List<String> obstacles = PolicyTests.obstacles(policy);
      if (!obstacles.isEmpty()) {
        throw new PolicyException(obstacles);
      }
      registry.publish(signers.actor(exchange.caller(), exchange.secret()), policy);
      return Reply.created(Api.BASE + "/policy", json(policy));
    } catch (PolicyException e) {
      throw new Problem(
          422,
          "Unprocessable content",
          String.join("; ", e.problems()),
          "vidimus policy lint and test show the same before");
    }
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
