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
import java.util.List;

/// What claims may mean in this registry.
public final class Leads {
  /// Versions of a name that are tried: who says a name without a revision means one of the last.
  private static final int MOST_VERSIONS = 3;

  private Leads() {}

  /// Looks up what claims about weights mean.
  ///
  /// @param child snapshot of what the claims are about, which is no parent of itself
  public static List<Comparing.Lead> of(
      Sql sql, TileSource log, List<Origins.Claim> claims, String child)
      throws IOException, FormatException {
    Origins origins = new Origins(sql);
    List<Comparing.Lead> leads = new ArrayList<>();
    for (Origins.Claim claim : claims) {
      if (!claim.isOfWeights()) {
        continue;
      }
      List<Requarantine.Known> candidates = new ArrayList<>();
      for (Artifact artifact : origins.candidates(claim)) {
        if (candidates.size() < MOST_VERSIONS && !artifact.snapshot().equals(child)) {
          try {
            candidates.add(Requarantine.find(sql, log, artifact));
          } catch (Refusal e) {
            // not all of it is kept, so that nobody can look
          }
        }
      }
      if (!candidates.isEmpty()) {
        leads.add(new Comparing.Lead(claim, candidates));
      }
    }
    return leads;
  }
}
