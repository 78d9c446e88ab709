package dev.vidimus.registry.examine;

import dev.vidimus.artifact.Digest;
import dev.vidimus.artifact.Finding;
import dev.vidimus.artifact.FormatException;
import dev.vidimus.artifact.Location;
import dev.vidimus.artifact.NotExamined;
import dev.vidimus.artifact.Printable;
import dev.vidimus.artifact.Rule;
import dev.vidimus.artifact.Verdict;
import dev.vidimus.artifact.json.JsonValue;
import dev.vidimus.artifact.json.JsonValue.JsonArray;
import dev.vidimus.artifact.json.JsonValue.JsonObject;
import dev.vidimus.artifact.json.JsonValue.JsonString;
import dev.vidimus.inventory.advisories.AdvisoryStore;
import dev.vidimus.inventory.bom.Bill;
import dev.vidimus.inventory.bom.BomRule;
import dev.vidimus.inventory.bom.CycloneDxWriter;
import dev.vidimus.inventory.bom.Discovery;
import dev.vidimus.inventory.bom.Inheritance;
import dev.vidimus.inventory.bom.Material;
import dev.vidimus.inventory.bom.Part;
import dev.vidimus.inventory.card.CardRule;
import dev.vidimus.inventory.findings.Companions;
import dev.vidimus.inventory.findings.DependencyFindings;
import dev.vidimus.inventory.findings.DependencyRule;
import dev.vidimus.inventory.findings.Knowledge;
import dev.vidimus.registry.statement.JsonMembers;
import dev.vidimus.scan.Meter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// What is it made of, and what is known against it? Writes a bill of materials, and asks the
/// advisories that were imported about the packages that it names.
public final class InventoryTaking implements ArtifactExaminer {
  /// The document that it writes.
  public static final String BILL = "bom";

  private static final String MEDIA_TYPE = "application/vnd.cyclonedx+json; version=1.6";
  private static final int LONGEST_BILL = 32 << 20;
  private static final int LONGEST_LIST = 50;
  private static final int MOST_PACKAGES = 2_000;
  private static final int PRINTED = 300;
  private static final Set<String> NAMES = Set.of("library", "container");

  private final Path advisories;
  private final String version;
  private final InstantSource clock;

  /// @param advisories folder of what was imported; need not be there
  /// @param version of this build
  /// @param clock by which statements on vulnerabilities expire
  public InventoryTaking(Path advisories, String version, InstantSource clock) {
    this.advisories = advisories;
    this.version = version;
    this.clock = clock;
  }

  @Override
  public String id() {
    return "inventory";
  }

  @Override
  public String version() {
    return version;
  }

  @Override
  public String ruleSet() {
    StringBuilder rules = new StringBuilder(version);
    for (Rule rule : DependencyRule.values()) {
      rules.append('\n').append(rule.id());
    }
    return Digest.sha256(rules.toString().getBytes(StandardCharsets.UTF_8)).toString();
  }

  @Override
  public Found examine(Quarantined subject, Meter meter) throws IOException {
    Material material = Material.of(subject.root(), subject.identity(), subject.name());
    Bill bill = Discovery.bill(material);
    List<String> notExamined = new ArrayList<>();
    for (NotExamined gap : material.notExamined()) {
      notExamined.add(Printable.of(gap.location().path() + ": " + gap.reason(), PRINTED));
    }
    if (notExamined.isEmpty() && bill.completeness().equals(Bill.INCOMPLETE)) {
      notExamined.add(
          "packages that need so many others that the bill of materials leaves some out");
    }
    try (AdvisoryStore store = AdvisoryStore.open(advisories)) {
      Knowledge knowledge = new Companions(advisories).with(store, clock.instant());
      List<Finding> findings =
          new ArrayList<>(DependencyFindings.of(material.dependencies(), knowledge));
      findings.addAll(Inheritance.findings(bill, Location.of(material.name())));
      if (material.card() != null) {
        findings.addAll(material.card().findings());
      }
      String text = CycloneDxWriter.write(bill, "1.6", version);
      boolean isKept = text.length() <= LONGEST_BILL;
      if (!isKept) {
        notExamined.add("the bill of materials has " + text.length() + " letters and is not kept");
      }
      Verdict verdict = notExamined.isEmpty() ? Verdict.CLEAN : Verdict.INCOMPLETE;
      for (Finding finding : findings) {
        verdict = verdict.worse(finding.implies());
      }
      return new Found(
          verdict,
          findings,
          notExamined,
          facts(bill, findings, store, notExamined.size()),
          isKept ? List.of(new Found.Document(BILL, MEDIA_TYPE, text)) : List.of());
    } catch (FormatException e) {
      throw new IOException("advisories: " + e.getMessage() + "; import them again", e);
    }
  }

  private static JsonObject facts(
      Bill bill, List<Finding> findings, @Nullable AdvisoryStore store, int gaps) {
    Set<String> packages = new TreeSet<>();
    Set<String> licences = new TreeSet<>();
    for (Part part : bill.parts()) {
      if (NAMES.contains(part.type())) {
        packages.add(part.purl());
      }
      if (part.ref().equals(bill.root())) {
        part.licences().forEach(one -> licences.add(Printable.of(one.text(), PRINTED)));
      }
    }
    JsonMembers facts = new JsonMembers();
    facts.put("parts", bill.parts().size()).put("packages", packages.size());
    // More of them are not listed, so that nobody takes a part of the list for all of it.
    facts.put("names", packages.size() > MOST_PACKAGES ? null : packages(packages));
    facts.put("licences", licences).put("missing", gaps);
    facts.put("malware", of(findings, DependencyRule.MALWARE));
    if (store != null) {
      facts.put(
          "vulnerable",
          of(findings, DependencyRule.SERIOUS_VULNERABILITY, DependencyRule.EXPLOITED));
      facts.put("advisoriesOf", store.about().newest().toString());
    }
    facts.put(
        "open",
        of(findings, DependencyRule.UNPINNED, DependencyRule.NO_HASH, DependencyRule.NO_LOCK));
    facts.put(
        "sources",
        of(
            findings,
            DependencyRule.EXTRA_INDEX,
            DependencyRule.OPEN_INDEX,
            DependencyRule.MOVING_ADDRESS));
    facts.put("lookAlikes", of(findings, DependencyRule.LOOK_ALIKE));
    facts.put("widened", of(findings, BomRule.WIDER_LICENCE));
    facts.put(
        "contradictions",
        of(
            findings,
            CardRule.LICENCE_DISAGREES,
            CardRule.BASE_DISAGREES,
            CardRule.OWN_PARENT,
            CardRule.UNREADABLE));
    return facts.object();
  }

  private static JsonValue packages(Set<String> packages) {
    return new JsonArray(packages.stream().<JsonValue>map(JsonString::new).toList());
  }

  private static List<String> of(List<Finding> findings, Rule... rules) {
    List<String> messages = new ArrayList<>();
    for (Finding finding : findings) {
      for (Rule rule : rules) {
        if (finding.rule().equals(rule.id()) && messages.size() < LONGEST_LIST) {
          messages.add(Printable.of(finding.location().path() + ": " + finding.message(), PRINTED));
        }
      }
    }
    return messages;
  }
}
