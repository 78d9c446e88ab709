package dev.vidimus.inventory.bom;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/// What licences forbid or ask for, as far as it is handed on to what is made from a work.
public final class Licences {
  private Licences() {}

  /// A condition that a child takes over.
  public enum Condition {
    NON_COMMERCIAL("non-commercial use only"),
    NO_DERIVATIVES("no derivatives"),
    SHARE_ALIKE("the same licence for what is made from it"),
    USE_RESTRICTED("restrictions of use");

    private final String words;

    Condition(String words) {
      this.words = words;
    }

    @Override
    public String toString() {
      return words;
    }
  }

  /// The conditions of a licence, by its SPDX id, an expression of them, or the words that hubs
  /// use. Of alternatives (`OR`) none is taken away: whoever chooses says so.
  public static Set<Condition> conditions(String licence) {
    EnumSet<Condition> conditions = EnumSet.noneOf(Condition.class);
    for (String word : licence.toLowerCase(Locale.ROOT).split("[\\s()]+", -1)) {
      if (word.contains("-nc")
          || word.contains("noncommercial")
          || word.contains("non-commercial")) {
        conditions.add(Condition.NON_COMMERCIAL);
      }
      if (word.startsWith("cc-") && word.contains("-nd")) {
        conditions.add(Condition.NO_DERIVATIVES);
      }
      boolean isShareAlike =
          word.startsWith("gpl")
              || word.startsWith("agpl")
              || word.startsWith("lgpl")
              || word.startsWith("osl-")
              || word.startsWith("eupl")
              || (word.startsWith("cc-") && word.contains("-sa"));
      if (isShareAlike) {
        conditions.add(Condition.SHARE_ALIKE);
      }
      boolean isRestricted =
          word.contains("rail")
              || word.startsWith("llama")
              || word.startsWith("gemma")
              || word.startsWith("qwen-research")
              || word.startsWith("deepseek");
      if (isRestricted) {
        conditions.add(Condition.USE_RESTRICTED);
      }
    }
    return conditions;
  }
}
