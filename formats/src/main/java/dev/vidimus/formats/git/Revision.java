package dev.vidimus.formats.git;

import dev.vidimus.artifact.FormatException;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Turns what people write into a commit
/// ([gitrevisions](https://git-scm.com/docs/gitrevisions)): a name or hex digits, then any number
/// of `~n`, `^n`, `^{commit}` and `^{}`.
final class Revision {
  private static final int LEAST_DIGITS = 4;
  private static final int MOST_STEPS = 100_000;
  private static final int MOST_TAGS = 16;

  private final ObjectStore objects;
  private final References references;
  private final String text;
  private int at;
  private int steps;

  private Revision(ObjectStore objects, References references, String text) {
    this.objects = objects;
    this.references = references;
    this.text = text;
  }

  /// The commit that a text stands for.
  ///
  /// @throws NoSuchRevisionException if it stands for none, or for several
  static Commit resolve(ObjectStore objects, References references, String text)
      throws IOException, FormatException {
    return new Revision(objects, references, text).resolve();
  }

  private Commit resolve() throws IOException, FormatException {
    int end = 0;
    while (end < text.length() && text.charAt(end) != '~' && text.charAt(end) != '^') {
      end++;
    }
    at = end;
    Commit commit = commit(base(text.substring(0, end)));
    while (at < text.length()) {
      char step = text.charAt(at++);
      if (step == '^' && at < text.length() && text.charAt(at) == '{') {
        peel();
      } else if (step == '~') {
        for (int n = number(); n > 0; n--) {
          commit = parent(commit, 1);
        }
      } else if (step == '^') {
        int n = number();
        commit = n == 0 ? commit : parent(commit, n);
      } else {
        throw none("is not understood from \"" + text.substring(at - 1) + "\" on");
      }
    }
    return commit;
  }

  private ObjectId base(String name) throws IOException, FormatException {
    if (name.contains("@{") || name.contains(":")) {
      throw none("reflogs and paths are not read; name a commit, branch or tag");
    }
    ObjectId named = references.find(name.equals("@") ? "HEAD" : name);
    if (named != null) {
      return named;
    }
    String digits = name.toLowerCase(Locale.ROOT);
    if (digits.length() == ObjectId.DIGITS && ObjectId.isHex(digits, ObjectId.DIGITS)) {
      return new ObjectId(digits);
    }
    if (ObjectId.isHex(digits, LEAST_DIGITS)) {
      return abbreviated(digits);
    }
    throw none("no branch, tag or commit of this name");
  }

  private ObjectId abbreviated(String digits) throws IOException, FormatException {
    Set<ObjectId> found = objects.startingWith(digits);
    ObjectId only = null;
    for (ObjectId id : found) {
      GitObject object = found.size() == 1 ? null : objects.read(id);
      // As git does, where a commit is meant, other objects do not make it ambiguous.
      if (object == null || object.type() == ObjectType.COMMIT || object.type() == ObjectType.TAG) {
        if (only != null) {
          throw none("is ambiguous: " + only.hex() + " or " + id.hex());
        }
        only = id;
      }
    }
    if (only == null) {
      throw none("no branch, tag or commit of this name");
    }
    return only;
  }

  /// The commit itself, or the one that a tag stands for.
  private Commit commit(ObjectId start) throws IOException, FormatException {
    ObjectId id = start;
    for (int i = 0; i < MOST_TAGS; i++) {
      GitObject object = objects.read(id);
      if (object == null) {
        throw none("object " + id.hex() + " is not in the repository; is the clone shallow?");
      }
      switch (object.type()) {
        case COMMIT -> {
          return Commit.parse(id, object.content());
        }
        case TAG -> id = Commit.tagged(id, object.content());
        case TREE, BLOB -> throw none("is a " + object.type().word() + ", not a commit");
      }
    }
    throw none("is a tag of a tag, over and over");
  }

  private Commit parent(Commit commit, int number) throws IOException, FormatException {
    List<ObjectId> parents = commit.parents();
    if (number > parents.size()) {
      throw none("goes back further than the history");
    }
    if (++steps > MOST_STEPS) {
      throw none("goes back more than " + MOST_STEPS + " commits");
    }
    return commit(parents.get(number - 1));
  }

  private void peel() throws NoSuchRevisionException {
    int close = text.indexOf('}', at);
    @Nullable String type = close < 0 ? null : text.substring(at + 1, close);
    if (type == null || (!type.isEmpty() && !type.equals("commit"))) {
      throw none("is not understood from \"" + text.substring(at - 1) + "\" on");
    }
    at = close + 1;
  }

  /// Digits, or 1 if there are none.
  private int number() throws NoSuchRevisionException {
    int start = at;
    while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
      at++;
    }
    if (at - start > 9) {
      throw none("goes back further than the history");
    }
    return at == start ? 1 : Integer.parseInt(text, start, at, 10);
  }

  private NoSuchRevisionException none(String problem) {
    return new NoSuchRevisionException(text, problem);
  }
}
