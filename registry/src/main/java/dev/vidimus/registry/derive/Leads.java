package dev.vidimus.registry.derive;

import dev.vidimus.artifact.FormatException;
import dev.vidimus.evidence.ledger.tlog.TileSource;
import dev.vidimus.registry.intake.Refusal;
import dev.vidimus.registry.intake.Requarantine;
import dev.vidimus.registry.question.Artifact;
import dev.vidimus.registry.question.Origins;
import dev.vidimus.registry.store.Sql;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What claims may mean in this registry.
public final class Leads {
  /// Versions of a name that are tried: who says a name without a revision means one of the last.
  private static final int MOST_VERSIONS = 3;

  /// Artifacts whose files are looked up, however many are named.
  private static final int MOST_ARTIFACTS = 64;

  private final Sql sql;
  private final TileSource log;
  private final Map<String, Optional<Requarantine.Known>> known = new HashMap<>();

  private Leads(Sql sql, TileSource log) {
    this.sql = sql;
    this.log = log;
  }

  /// Looks up what claims about weights mean.
  ///
  /// @param child snapshot of what the claims are about, which is no parent of itself
  public static List<Comparing.Lead> of(
      Sql sql, TileSource log, List<Origins.Claim> claims, String child)
      throws IOException, FormatException {
    Origins origins = new Origins(sql);
    Leads found = new Leads(sql, log);
    List<Comparing.Lead> leads = new ArrayList<>();
    for (Origins.Claim claim : claims) {
      if (!claim.isOfWeights()) {
        continue;
      }
      List<Requarantine.Known> candidates = new ArrayList<>();
      for (Artifact artifact : origins.candidates(claim)) {
        if (candidates.size() < MOST_VERSIONS && !artifact.snapshot().equals(child)) {
          found.known(artifact).ifPresent(candidates::add);
        }
      }
      if (!candidates.isEmpty()) {
        leads.add(new Comparing.Lead(claim, candidates));
      }
    }
    return leads;
  }

  /// What is kept of an artifact; nothing if not all of it is, so that nobody can look.
  private Optional<Requarantine.Known> known(Artifact artifact)
      throws IOException, FormatException {
    Optional<Requarantine.Known> one = known.get(artifact.snapshot());
    if (one == null) {
      try {
        one =
            known.size() < MOST_ARTIFACTS
                ? Optional.of(Requarantine.find(sql, log, artifact))
                : Optional.empty();
      } catch (Refusal e) {
        one = Optional.empty();
      }
      known.put(artifact.snapshot(), one);
    }
    return one;
  }
}
