package dev.vidimus.formats.pickle;

/// What a value is or holds, as a set of bits. A container has the traits of everything that was
/// put into it; plain data has none. The [PickleVisitor] gives the bits to what it is told of.
public final class Traits {
  /// Nothing but plain data.
  public static final int NONE = 0;

  /// A known class.
  public static final int TYPE = 1;

  /// A known callable that is no class, or an object that carries one.
  public static final int FUNCTION = 1 << 1;

  /// An instance, or the result of a call.
  public static final int OBJECT = 1 << 2;

  /// What a persistent id stands for, or an out-of-band buffer: not in this stream.
  public static final int EXTERNAL = 1 << 3;

  /// A name that nobody knows, or what was made with one.
  public static final int UNKNOWN = 1 << 4;

  /// A name that is known to be dangerous, or what was made with one.
  public static final int DANGEROUS = 1 << 5;

  /// A `__dunder__` key whose value is more than plain data: a planted hook.
  public static final int HOOK = 1 << 6;

  /// A numpy dtype that holds Python objects.
  public static final int OBJECT_DTYPE = 1 << 7;

  private Traits() {}

  /// Whether `set` has any of the bits of `wanted`.
  public static boolean any(int set, int wanted) {
    return (set & wanted) != 0;
  }
}
