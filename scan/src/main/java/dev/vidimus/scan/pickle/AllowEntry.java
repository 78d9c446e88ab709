package dev.vidimus.scan.pickle;

import java.util.Set;

/// A name that pickles may use, and how.
///
/// @param path full name, such as `collections.OrderedDict`
/// @param kind what it is
/// @param arguments what it may be called with
/// @param flags what may be done with its result
record AllowEntry(String path, Kind kind, Shape arguments, Set<Flag> flags) {
  AllowEntry {
    flags = Set.copyOf(flags);
  }

  /// What a name is.
  enum Kind {
    /// May be imported and stored, never called: a dtype, `Ellipsis`.
    CONSTANT,
    /// May be stored, made without running `__init__`, and called in the given shape.
    CLASS,
    /// May be stored, never called by the stream: a ufunc, a scoring function.
    FUNCTION,
    /// May be called in the given shape.
    CALL,
    /// Loads what its one argument holds; that is followed.
    LOADER
  }

  /// What may be done with what a callable makes.
  enum Flag {
    /// `__setitem__` is called on instances.
    SETITEM,
    /// `append` or `extend` is called on instances.
    APPEND,
    /// `add` is called on instances.
    ADD,
    /// The result is an instance of the first argument, a class.
    OF_FIRST,
    /// The result may be called later, so it counts as a function.
    CALLABLE,
    /// May be given to another rebuilding function.
    REBUILD,
    /// Is never built.
    FINAL,
    /// The result is a numpy dtype, described by the first argument.
    DTYPE,
    /// The result is the first argument, a text, as bytes.
    ENCODES,
    /// The result is an attribute of the first argument, named by the second.
    ATTRIBUTE,
    /// Its content is in another file that the loader opens.
    ELSEWHERE,
    /// joblib's array: raw bytes or a stream follow its `BUILD`.
    RAW_ARRAY
  }

  /// The same entry for one member of a family of modules.
  AllowEntry at(String memberPath) {
    return new AllowEntry(memberPath, kind, arguments, flags);
  }

  boolean has(Flag flag) {
    return flags.contains(flag);
  }
}
