package dev.vidimus.server.hub;

import dev.vidimus.artifact.Printable;
import dev.vidimus.server.http.Problem;
import java.util.List;
import java.util.Locale;

/// A request that is refused in the words that hub clients understand and show.
public final class HubRefusal extends Problem {
  private static final long serialVersionUID = 1L;

  private static final int LONGEST = 300;
  private static final int LONGEST_REASON = 180;
  private static final int PRINTED = 100;
  private static final int SHORT_DIGEST = "sha256:".length() + 12;

  private final transient Shape shape;

  /// What is said.
  ///
  /// @param status of HTTP
  /// @param code that decides what a client does: `GatedRepo`, `RevisionNotFound`,
  ///     `EntryNotFound`, `RepoNotFound`; empty for none
  /// @param about `org/name@revision`
  /// @param state where it stands, such as `quarantined`
  /// @param reasons why, the most important first
  /// @param next the next step; empty if there is none
  /// @param decision digest of the decision; empty if there is none
  /// @param see path on this server that says more; empty if there is none
  /// @param commit of the promoted snapshot; empty if there is none
  /// @param snapshot what was meant; empty if nothing was
  public record Shape(
      int status,
      String code,
      String about,
      String state,
      List<String> reasons,
      String next,
      String decision,
      String see,
      String commit,
      String snapshot) {
    public Shape {
      reasons = List.copyOf(reasons);
    }

    /// One line of at most 300 visible ASCII characters, for a header.
    ///
    /// @param origin of this server
    String line(String origin) {
      String end =
          decision.isEmpty()
              ? ""
              : ". decision=" + decision.substring(0, Math.min(decision.length(), SHORT_DIGEST));
      String line =
          ascii(
              "Vidimus: "
                  + about
                  + " is "
                  + state.toUpperCase(Locale.ROOT)
                  + (reasons.isEmpty() ? "" : ": " + reasons.getFirst()),
              LONGEST_REASON);
      if (!next.isEmpty()) {
        line = ascii(line + ". " + next, LONGEST - end.length());
      }
      String link = ". See " + origin + see;
      boolean fits = line.length() + link.length() + end.length() <= LONGEST;
      return line + (see.isEmpty() || !fits ? "" : ascii(link, LONGEST)) + end;
    }
  }

  HubRefusal(Shape shape) {
    super(shape.status(), title(shape.status()), shape.line(""), shape.next());
    this.shape = shape;
  }

  private static String title(int status) {
    return switch (status) {
      case 404 -> "Not found";
      case 412 -> "Precondition failed";
      case 507 -> "Insufficient storage";
      default -> "Forbidden";
    };
  }

  /// What is said.
  public Shape shape() {
    return shape;
  }

  /// A name that nothing can have.
  static HubRefusal noRepository(String id) {
    return new HubRefusal(
        new Shape(
            404,
            "RepoNotFound",
            Printable.of(id, PRINTED),
            "unknown",
            List.of("no repository can be called so"),
            "a name is org/name, of letters, digits, . _ -",
            "",
            "",
            "",
            ""));
  }

  /// A text as a header can carry it: visible ASCII, on one line.
  static String ascii(String text, int most) {
    StringBuilder plain = new StringBuilder();
    for (int i = 0; i < text.length() && plain.length() < most; i++) {
      char c = text.charAt(i);
      plain.append(c >= ' ' && c < 0x7f ? c : c == '\n' || c == '\t' ? ' ' : '?');
    }
    return plain.toString();
  }
}
