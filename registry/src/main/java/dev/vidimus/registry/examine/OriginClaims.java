package dev.vidimus.registry.examine;

import dev.vidimus.artifact.Printable;
import dev.vidimus.artifact.json.JsonValue;
import dev.vidimus.artifact.json.JsonValue.JsonArray;
import dev.vidimus.registry.statement.JsonMembers;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Collects what something says of its own origin, as facts of an inspection. Nothing of it is
/// checked, and every text is hostile.
final class OriginClaims {
  private static final int MOST = 200;
  private static final int LONGEST = 300;

  /// `org/name`, in an address of a hub or alone, perhaps with a revision.
  private static final Pattern HUB =
      Pattern.compile(
          "(?:https?://(?:www\\.)?(?:huggingface\\.co|hf\\.co)/|hf://|pkg:huggingface/)"
              + "(?:(datasets)/)?([^/@?#]+/[^/@?#]+)(?:/(?:tree|resolve|commit)/([^/?#]+))?"
              + "(?:@([^/?#]+))?/?");

  private static final Pattern REVISION = Pattern.compile("([^@\\s]+)@([^@\\s]+)");

  private final String status;
  private final Set<JsonValue> claims = new LinkedHashSet<>();
  private int dropped;

  /// @param status `declared` or `attested`
  OriginClaims(String status) {
    this.status = status;
  }

  /// Something that it is said to be made from.
  ///
  /// @param kind `model`, `dataset`, `code` or `tool`
  /// @param relation by the word of its kind of edge
  /// @param direct whether it is said of a parent, and not of a forebear
  /// @param target a name or an address
  /// @param place who says so
  void name(String kind, String relation, boolean direct, String target, String place) {
    add(kind, relation, direct, target.strip(), "", place);
  }

  /// The same by a digest.
  ///
  /// @param digest such as `sha256:HEX`, or empty
  void digest(String kind, String relation, String target, String digest, String place) {
    add(kind, relation, true, target.strip(), digest, place);
  }

  private void add(
      String kind, String relation, boolean direct, String said, String digest, String place) {
    if (said.isEmpty() && digest.isEmpty()) {
      return;
    }
    if (claims.size() == MOST) {
      dropped++;
      return;
    }
    String target = said;
    String revision = "";
    String of = kind;
    Matcher hub = HUB.matcher(said);
    Matcher pinned = REVISION.matcher(said);
    if (hub.matches()) {
      target = hub.group(2);
      revision = hub.group(3) != null ? hub.group(3) : hub.group(4) != null ? hub.group(4) : "";
      of = hub.group(1) == null ? kind : "dataset";
    } else if (pinned.matches() && !said.contains(":")) {
      target = pinned.group(1);
      revision = pinned.group(2);
    }
    claims.add(
        new JsonMembers()
            .put("kind", of)
            .put("relation", relation)
            .put("direct", direct)
            .put("target", Printable.of(target, LONGEST))
            .put("revision", Printable.of(revision, LONGEST))
            .put("digest", Printable.of(digest.toLowerCase(Locale.ROOT), LONGEST))
            .put("place", Printable.of(place, LONGEST))
            .put("status", status)
            .object());
  }

  /// How many were left out, because there were too many.
  int dropped() {
    return dropped;
  }

  /// All of them, each once.
  JsonArray facts() {
    return new JsonArray(new ArrayList<>(claims));
  }

  /// Both in one list.
  static JsonArray together(List<OriginClaims> all) {
    List<JsonValue> claims = new ArrayList<>();
    all.forEach(one -> claims.addAll(one.claims));
    return new JsonArray(claims);
  }
}
