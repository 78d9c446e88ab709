package dev.vidimus.scan.pickle;

import dev.vidimus.artifact.Bytes;
import dev.vidimus.formats.pickle.Traits;
import dev.vidimus.formats.pickle.Value;
import org.jspecify.annotations.Nullable;

/// What the judge knows of a reference, or of what was made with one.
sealed interface Meaning {
  /// The name to show.
  String shown();

  /// The traits of a reference with this meaning.
  int traits();

  /// An entry of the allowlist. The same object serves as the meaning of everything that the entry
  /// makes, so that a million honest calls allocate nothing else.
  record Known(AllowEntry entry) implements Meaning {
    @Override
    public String shown() {
      return entry.path();
    }

    @Override
    public int traits() {
      return switch (entry.kind()) {
        case CLASS -> Traits.TYPE;
        case FUNCTION, CALL, LOADER -> Traits.FUNCTION;
        case CONSTANT -> Traits.OBJECT;
      };
    }
  }

  /// A name that no list has.
  record Unknown(String path) implements Meaning {
    @Override
    public String shown() {
      return path;
    }

    @Override
    public int traits() {
      return Traits.UNKNOWN;
    }

    /// By hand, because the JVM links a record's own at its first use, which no class cache holds.
    @Override
    public int hashCode() {
      return path.hashCode();
    }
  }

  /// A name that is known to be dangerous, or that only an attack would spell so.
  ///
  /// @param path full name, or a description of a computed one
  /// @param danger what calling it does, such as `runs a command`
  record Dangerous(String path, String danger) implements Meaning {
    @Override
    public String shown() {
      return path;
    }

    @Override
    public int traits() {
      return Traits.DANGEROUS;
    }

    @Override
    public int hashCode() {
      return path.hashCode();
    }
  }

  /// What a call made whose callee is not on the allowlist.
  ///
  /// @param expression how a person would write it
  /// @param content the bytes it stands for, if they are known from constants
  record Made(String expression, @Nullable Bytes content) implements Meaning {
    @Override
    public String shown() {
      return expression;
    }

    @Override
    public int traits() {
      return Traits.UNKNOWN;
    }
  }

  /// Bytes as protocols below 3 write them: Latin-1 text to be encoded.
  record Encoded(Value.Data text) implements Meaning {
    @Override
    public String shown() {
      return "_codecs.encode";
    }

    @Override
    public int traits() {
      return Traits.NONE;
    }
  }

  /// A method of a known class that the allowlist knows too.
  record Method(AllowEntry entry) implements Meaning {
    @Override
    public String shown() {
      return entry.path();
    }

    @Override
    public int traits() {
      return Traits.FUNCTION;
    }
  }

  /// A numpy dtype.
  ///
  /// @param itemSize bytes of one element, or -1 if it cannot be told
  record Dtype(long itemSize) implements Meaning {
    @Override
    public String shown() {
      return "numpy.dtype";
    }

    @Override
    public int traits() {
      return Traits.OBJECT;
    }
  }
}
