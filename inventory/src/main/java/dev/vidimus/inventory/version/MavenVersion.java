package dev.vidimus.inventory.version;

import java.math.BigInteger;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// A version of a Maven artifact, by the [version order
/// specification](https://maven.apache.org/pom.html#version-order-specification). Every text is
/// one.
public final class MavenVersion implements Comparable<MavenVersion> {
  /// Reads and orders them.
  public static final Scheme<MavenVersion> SCHEME =
      text -> text.length() > Scheme.LONGEST || text.isBlank() ? null : new MavenVersion(text);

  private static final List<String> QUALIFIERS =
      List.of("alpha", "beta", "milestone", "rc", "snapshot", "", "sp");

  private final Group root;

  private MavenVersion(String text) {
    this.root = read(text.strip().toLowerCase(Locale.ROOT));
  }

  /// One part of a version. Compared with nothing, it is compared with what stands for no more.
  private sealed interface Part {
    boolean isNull();

    int compare(@Nullable Part other);
  }

  private record Digits(BigInteger value) implements Part {
    @Override
    public boolean isNull() {
      return value.signum() == 0;
    }

    @Override
    public int compare(@Nullable Part other) {
      return switch (other) {
        case null -> value.signum();
        case Digits digits -> value.compareTo(digits.value);
        case Word word -> 1; // 1.1 > 1-sp
        case Group group -> 1; // 1.1 > 1-1
      };
    }
  }

  private record Word(String text) implements Part {
    static Word of(String text, boolean beforeDigit) {
      if (beforeDigit && text.length() == 1) {
        switch (text) {
          case "a" -> {
            return new Word("alpha");
          }
          case "b" -> {
            return new Word("beta");
          }
          case "m" -> {
            return new Word("milestone");
          }
          default -> {}
        }
      }
      return new Word(
          switch (text) {
            case "cr" -> "rc";
            case "ga", "final", "release" -> "";
            default -> text;
          });
    }

    @Override
    public boolean isNull() {
      return text.isEmpty();
    }

    @Override
    public int compare(@Nullable Part other) {
      return switch (other) {
        case null -> compareQualifiers(text, "");
        case Word word -> compareQualifiers(text, word.text);
        case Digits digits -> -1; // 1.any < 1.1
        case Group group -> -1; // 1.any < 1-1
      };
    }

    private static int compareQualifiers(String left, String right) {
      int one = QUALIFIERS.indexOf(left);
      int two = QUALIFIERS.indexOf(right);
      if (one < 0 && two < 0) {
        return left.compareTo(right);
      }
      return Integer.compare(one < 0 ? QUALIFIERS.size() : one, two < 0 ? QUALIFIERS.size() : two);
    }
  }

  private record Group(List<Part> parts) implements Part {
    @Override
    public boolean isNull() {
      return parts.isEmpty();
    }

    @Override
    public int compare(@Nullable Part other) {
      return switch (other) {
        case null -> compareWithNothing();
        case Digits digits -> -1; // 1-1 < 1.0.x
        case Word word -> 1; // 1-1 > 1-sp
        case Group group -> compareGroups(group);
      };
    }

    private int compareWithNothing() {
      for (Part part : parts) {
        int result = part.compare(null);
        if (result != 0) {
          return result;
        }
      }
      return 0;
    }

    private int compareGroups(Group other) {
      for (int i = 0; i < Math.max(parts.size(), other.parts.size()); i++) {
        Part left = i < parts.size() ? parts.get(i) : null;
        Part right = i < other.parts.size() ? other.parts.get(i) : null;
        int result =
            left == null ? (right == null ? 0 : -right.compare(null)) : left.compare(right);
        if (result != 0) {
          return result;
        }
      }
      return 0;
    }

    /// Takes away what says nothing at the end, and before a qualifier.
    void normalize() {
      for (int i = parts.size() - 1; i >= 0; i--) {
        Part part = parts.get(i);
        if (part.isNull()) {
          if (i == parts.size() - 1 || parts.get(i + 1) instanceof Word) {
            parts.remove(i);
          } else if (parts.get(i + 1) instanceof Group next
              && !next.parts.isEmpty()
              && next.parts.getFirst() instanceof Word) {
            parts.remove(i);
          }
        } else if (!(part instanceof Group)) {
          break;
        }
      }
    }
  }

  private static Group read(String text) {
    Group root = new Group(new ArrayList<>());
    Deque<Group> open = new ArrayDeque<>();
    open.push(root);
    Group group = root;
    int start = 0;
    boolean isDigit = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '.' || c == '-' || c == '_') {
        group.parts.add(
            i == start ? new Digits(BigInteger.ZERO) : part(text.substring(start, i), isDigit));
        start = i + 1;
        if (c != '.') {
          group = inside(group, open);
        }
      } else if (c >= '0' && c <= '9') {
        if (!isDigit && i > start) {
          group.parts.add(Word.of(text.substring(start, i), true));
          start = i;
          group = inside(group, open);
        }
        isDigit = true;
      } else {
        if (isDigit && i > start) {
          group.parts.add(part(text.substring(start, i), true));
          start = i;
          group = inside(group, open);
        }
        isDigit = false;
      }
    }
    if (text.length() > start) {
      if (!isDigit && !group.parts.isEmpty()) {
        group = inside(group, open);
      }
      group.parts.add(part(text.substring(start), isDigit));
    }
    while (!open.isEmpty()) {
      open.pop().normalize();
    }
    return root;
  }

  private static Group inside(Group group, Deque<Group> open) {
    Group inner = new Group(new ArrayList<>());
    group.parts.add(inner);
    open.push(inner);
    return inner;
  }

  private static Part part(String text, boolean isDigit) {
    return isDigit ? new Digits(new BigInteger(text)) : Word.of(text, false);
  }

  @Override
  public int compareTo(MavenVersion other) {
    return root.compare(other.root);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof MavenVersion version && compareTo(version) == 0;
  }

  @Override
  public int hashCode() {
    return root.parts.isEmpty() ? 0 : root.parts.getFirst().hashCode();
  }
}
