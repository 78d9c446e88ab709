package dev.vidimus.scan.pickle;

import dev.vidimus.formats.pickle.Traits;
import dev.vidimus.formats.pickle.Value;
import dev.vidimus.formats.pickle.Value.Instance;
import dev.vidimus.formats.pickle.Value.Kind;
import dev.vidimus.formats.pickle.Value.Reference;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/// What one argument of an allowed callable may be.
enum Slot {
  /// Plain data only.
  DATA {
    @Override
    boolean accepts(Value value, AllowEntry callee) {
      return value.traits() == Traits.NONE;
    }
  },
  /// Data and instances of known classes, no callables.
  OBJECT {
    @Override
    boolean accepts(Value value, AllowEntry callee) {
      return (value.traits() & ~(Traits.OBJECT | Traits.EXTERNAL | Traits.OBJECT_DTYPE)) == 0;
    }
  },
  /// A class of the callee's own package: its constructor gets arguments that no table checks.
  OWN {
    @Override
    boolean accepts(Value value, AllowEntry callee) {
      String path = callee.path();
      return TYPE.accepts(value, callee)
          && value instanceof Reference reference
          && reference.meaning() instanceof Meaning.Known(AllowEntry entry)
          && entry.path().startsWith(path.substring(0, path.indexOf('.') + 1));
    }
  },
  /// One of Python's own classes, from which others are made with arguments that no table checks.
  BASE {
    @Override
    boolean accepts(Value value, AllowEntry callee) {
      return TYPE.accepts(value, callee)
          && value instanceof Reference reference
          && reference.meaning() instanceof Meaning.Known(AllowEntry entry)
          && (entry.path().startsWith("builtins.") || entry.path().startsWith("collections."));
    }
  },
  /// A list, tuple, set or dictionary of known things: never something that counts to infinity.
  ITEMS {
    @Override
    boolean accepts(Value value, AllowEntry callee) {
      boolean isPlainTuple = value instanceof Value.Data data && data.kind() == Value.Kind.TUPLE;
      boolean isItems = value instanceof Value.Container || value instanceof Value.Tuple;
      return (isItems || isPlainTuple) && VALUE.accepts(value, callee);
    }
  },
  /// Text or bytes, never a number of bytes to allocate.
  CONTENT {
    @Override
    boolean accepts(Value value, AllowEntry callee) {
      if (value instanceof Value.Data data) {
        return CONTENT_KINDS.contains(data.kind());
      }
      return value instanceof Value.Container list
          ? DATA.accepts(list, callee)
          : value instanceof Instance made && made.meaning() instanceof Meaning.Encoded;
    }
  },
  /// A known class, or data and instances of known classes.
  OWNER {
    @Override
    boolean accepts(Value value, AllowEntry callee) {
      return TYPE.accepts(value, callee)
          || (OBJECT.accepts(value, callee) && value instanceof Instance);
    }
  },
  /// Anything known: data, instances, classes and functions, but no planted hook.
  VALUE {
    @Override
    boolean accepts(Value value, AllowEntry callee) {
      return !Traits.any(value.traits(), Traits.UNKNOWN | Traits.DANGEROUS | Traits.HOOK);
    }
  },
  /// A known class.
  TYPE {
    @Override
    boolean accepts(Value value, AllowEntry callee) {
      return value instanceof Reference reference && reference.traits() == Traits.TYPE;
    }
  },
  /// A known function or class, or a partial of one.
  FUNCTION {
    @Override
    boolean accepts(Value value, AllowEntry callee) {
      int known = Traits.TYPE | Traits.FUNCTION | Traits.OBJECT;
      return (value.traits() & ~known) == 0
          && Traits.any(value.traits(), Traits.TYPE | Traits.FUNCTION)
          && (value instanceof Reference || value instanceof Instance);
    }
  },
  /// A function that rebuilds tensors, which another rebuilding function will call.
  REBUILD {
    @Override
    boolean accepts(Value value, AllowEntry callee) {
      return value instanceof Reference reference
          && reference.meaning() instanceof Meaning.Known known
          && known.entry().has(AllowEntry.Flag.REBUILD);
    }
  };

  private static final Set<Kind> CONTENT_KINDS =
      EnumSet.of(Kind.TEXT, Kind.STRING, Kind.BYTES, Kind.BYTEARRAY);

  /// Whether a value may stand in this slot.
  ///
  /// @param callee whose argument it is
  abstract boolean accepts(Value value, AllowEntry callee);

  String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
