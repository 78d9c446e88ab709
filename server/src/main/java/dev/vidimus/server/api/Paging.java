package dev.vidimus.server.api;

import dev.vidimus.registry.question.Listing;
import dev.vidimus.server.http.Parameters;
import dev.vidimus.server.http.Problem;

/// Which page of a list is asked for.
///
/// @param limit elements of the page
/// @param before cursor; below 0 for the first page
record Paging(int limit, long before) {
  private static final int USUAL = 50;

  static Paging of(Parameters query) throws Problem {
    return new Paging(
        (int) number(query, "limit", USUAL, 1, Listing.MOST),
        number(query, "cursor", -1, 0, Long.MAX_VALUE));
  }

  /// How many elements of a list whose cursors are no numbers.
  static int limit(Parameters query) throws Problem {
    return (int) number(query, "limit", USUAL, 1, Listing.MOST);
  }

  private static long number(Parameters query, String name, long otherwise, long least, long most)
      throws Problem {
    String text = query.get(name);
    if (text == null) {
      return otherwise;
    }
    try {
      long number = Long.parseLong(text);
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Said below.
    }
    throw Problem.badRequest(name + "=" + text + ": no number from " + least + " to " + most, "");
  }
}
