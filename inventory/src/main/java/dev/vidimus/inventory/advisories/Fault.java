package dev.vidimus.inventory.advisories;

import dev.vidimus.inventory.advisories.AdvisoryStore.Match;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// One fault, whatever number of databases have a record of it.
///
/// @param ids of all records and all their aliases, sorted
/// @param records that speak of the version, in the order of their ids
/// @param rating the worst of them
/// @param summary of the first that has one; may be empty
/// @param isMalware whether it says that the package was made to do harm
/// @param isInferred whether no record names this build of the version
public record Fault(
    List<String> ids,
    List<String> records,
    Rating rating,
    String summary,
    boolean isMalware,
    boolean isInferred) {
  public Fault {
    ids = List.copyOf(ids);
    records = List.copyOf(records);
  }

  /// Joins records that are aliases of one another. Withdrawn ones do not count.
  public static List<Fault> of(List<Match> matches) {
    List<Match> left = new ArrayList<>(matches);
    left.removeIf(match -> match.advisory().isWithdrawn());
    List<Fault> faults = new ArrayList<>();
    while (!left.isEmpty()) {
      List<Match> same = new ArrayList<>(List.of(left.removeFirst()));
      Set<String> ids = new HashSet<>(ids(same.getFirst()));
      boolean grows = true;
      while (grows) {
        grows = false;
        for (Match match : List.copyOf(left)) {
          if (ids(match).stream().anyMatch(ids::contains)) {
            left.remove(match);
            same.add(match);
            ids.addAll(ids(match));
            grows = true;
          }
        }
      }
      faults.add(joined(same, ids));
    }
    return faults;
  }

  private static Fault joined(List<Match> same, Set<String> ids) {
    Rating rating = Rating.of(same.getFirst().advisory());
    String summary = "";
    boolean isMalware = false;
    boolean isInferred = true;
    Set<String> records = new LinkedHashSet<>();
    for (Match match : same) {
      Advisory advisory = match.advisory();
      Rating other = Rating.of(advisory);
      boolean isKnown = other.score() > rating.score() || rating.word().equals("unknown");
      rating = isKnown ? other : rating;
      summary = summary.isEmpty() ? advisory.summary() : summary;
      isMalware |= advisory.isMalware();
      isInferred &= match.isInferred();
      records.add(advisory.id());
    }
    return new Fault(
        List.copyOf(new TreeSet<>(ids)),
        List.copyOf(new TreeSet<>(records)),
        rating,
        summary,
        isMalware,
        isInferred);
  }

  private static List<String> ids(Match match) {
    List<String> ids = new ArrayList<>(match.advisory().aliases());
    ids.add(match.advisory().id());
    return ids;
  }
}
