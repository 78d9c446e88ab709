package dev.vidimus.artifact;

/// What is left of the [Limits] of one top-level file, shared by everything nested in it. One
/// thread examines one top-level file, so this needs no lock.
public final class Budget {
  private final Limits limits;
  private long entries;
  private long inflatedBytes;
  private long opcodes;

  public Budget(Limits limits) {
    this.limits = limits;
    this.entries = limits.entries();
    this.inflatedBytes = limits.inflatedBytes();
    this.opcodes = limits.opcodes();
  }

  /// The limits that this budget began with.
  public Limits limits() {
    return limits;
  }

  /// Takes one archive entry.
  public void takeEntry(String where, long offset) throws FormatException.LimitExceeded {
    if (--entries < 0) {
      throw new FormatException.LimitExceeded(
          where, offset, "more than " + limits.entries() + " archive entries in one file");
    }
  }

  /// Takes bytes that decompression is about to produce, or has just produced in a bounded buffer.
  public void takeInflated(String where, long offset, long count)
      throws FormatException.LimitExceeded {
    inflatedBytes -= count;
    if (inflatedBytes < 0) {
      throw new FormatException.LimitExceeded(
          where, offset, "inflates to more than " + limits.inflatedBytes() + " bytes in all");
    }
  }

  /// Takes opcodes; called in large steps, so that the hot loop stays free of it.
  public void takeOpcodes(String where, long offset, long count)
      throws FormatException.LimitExceeded {
    spendOpcodes(count);
    if (opcodes < 0) {
      throw new FormatException.LimitExceeded(
          where, offset, "more than " + limits.opcodes() + " pickle opcodes in one file");
    }
  }

  /// Takes opcodes that were passed already; the next [#takeOpcodes] fails if they were too many.
  public void spendOpcodes(long count) {
    opcodes -= count;
  }

  /// Checks the nesting of containers.
  public void requireDepth(String where, int depth) throws FormatException.LimitExceeded {
    if (depth > limits.depth()) {
      throw new FormatException.LimitExceeded(
          where, 0, "containers nested deeper than " + limits.depth());
    }
  }
}
