package dev.vidimus.cli.args;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Guesses what a mistyped word was meant to be.
public final class Nearest {
  private static final int MOST = 64; // longer words are no typing mistakes

  private Nearest() {}

  /// The word at the smallest distance, or null if none is near: more than a third would be wrong.
  public static @Nullable String to(String typed, List<String> words) {
    if (typed.length() > MOST) {
      return null;
    }
    String nearest = null;
    int least = Math.max(2, typed.length() / 3) + 1;
    for (String word : words) {
      int distance = distance(typed, word);
      if (distance < least) {
        least = distance;
        nearest = word;
      }
    }
    return nearest;
  }

  /// Levenshtein's distance, plus the exchange of neighbours, in characters.
  private static int distance(String a, String b) {
    int[][] cost = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        if (i == 0 || j == 0) {
          cost[i][j] = i + j;
          continue;
        }
        boolean same = a.charAt(i - 1) == b.charAt(j - 1);
        int least = cost[i - 1][j - 1] + (same ? 0 : 1);
        least = Math.min(least, 1 + Math.min(cost[i - 1][j], cost[i][j - 1]));
        boolean swapped =
            i > 1
                && j > 1
                && a.charAt(i - 1) == b.charAt(j - 2)
                && a.charAt(i - 2) == b.charAt(j - 1);
        cost[i][j] = swapped ? Math.min(least, cost[i - 2][j - 2] + 1) : least;
      }
    }
    return cost[a.length()][b.length()];
  }
}
