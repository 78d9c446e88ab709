package dev.vidimus.formats.pickle;

import dev.vidimus.artifact.Budget;
import dev.vidimus.artifact.ByteCursor;
import dev.vidimus.artifact.Bytes;
import dev.vidimus.artifact.FormatException;
import dev.vidimus.artifact.Limits;
import dev.vidimus.formats.pickle.Value.Foreign;
import dev.vidimus.formats.pickle.Value.Instance;
import dev.vidimus.formats.pickle.Value.Reference;
import java.io.IOException;

/// Tells whether bytes of unknown kind could be a pickle, by reading a little of them as one.
public final class PickleProbe {
  private static final int MOST_OPCODES = 64;
  private static final int LEAST_OPCODES = 4;
  private static final int LONGEST_LIST = 1 << 16;

  private PickleProbe() {}

  /// Whether the bytes begin like a pickle: with `PROTO`, or with textual opcodes that make sense
  /// up to an import, a call, a `STOP`, or for a good while.
  public static boolean plausible(Bytes bytes) throws IOException {
    if (bytes.size() == 0) {
      return false;
    }
    byte[] head = bytes.head(2);
    if (head[0] == (byte) Opcode.PROTO) {
      return head.length > 1 && head[1] >= 0 && head[1] <= 5;
    }
    ByteCursor cursor = new ByteCursor(bytes.slice(0, Math.min(bytes.size(), 1 << 16)), "probe");
    Effects effects = new Effects();
    Budget budget = new Budget(new Limits(1, 1, 1, MOST_OPCODES, 1, 1));
    PickleMachine machine = new PickleMachine(cursor, effects, budget, MOST_OPCODES);
    try {
      machine.run();
      return machine.opcodes() >= LEAST_OPCODES || effects.any || cursor.remaining() == 0;
    } catch (FormatException e) {
      boolean isLong = machine.opcodes() >= MOST_OPCODES;
      return isLong || effects.called || (effects.any && !isListOfWords(bytes));
    }
  }

  /// `cat` and `dog` on two lines read as an import of `dog` from `at`, which calls nothing.
  private static boolean isListOfWords(Bytes bytes) throws IOException {
    for (byte b : bytes.head(LONGEST_LIST)) {
      boolean isWord = b < 0 || Character.isLetterOrDigit(b) || " \r\n-_,/".indexOf(b) >= 0;
      if (!isWord) {
        return false;
      }
    }
    return true;
  }

  /// Notices that something would happen, whatever it is.
  private static final class Effects implements PickleVisitor {
    private boolean any;
    private boolean called;

    @Override
    public Reference reference(long at, String module, String name, int protocol) {
      any |= isName(module) && isName(name);
      return new Reference(at, module, name, this, Traits.UNKNOWN);
    }

    private static boolean isName(String text) {
      return !text.isEmpty()
          && text.chars().allMatch(c -> c == '.' || Character.isUnicodeIdentifierPart(c));
    }

    @Override
    public Reference computed(long at, Value module, Value name) {
      return new Reference(at, "", "", this, Traits.UNKNOWN);
    }

    @Override
    public Reference extension(long at, long code, int protocol) {
      return new Reference(at, "", "", this, Traits.UNKNOWN);
    }

    @Override
    public Instance call(long at, Call how, Foreign callee, Value arguments, Value keywords) {
      any = true;
      called = true;
      return new Instance(at, this, Traits.UNKNOWN);
    }

    @Override
    public Following build(long at, Foreign target, Value state) {
      return Following.OPCODES;
    }

    @Override
    public boolean capturesEntries() {
      return false;
    }

    @Override
    public void fill(long at, String method, Foreign target, int traits) {}

    @Override
    public Value persistent(long at, Value id) {
      return new Instance(at, this, Traits.EXTERNAL);
    }

    @Override
    public Instance buffer(long at) {
      return new Instance(at, this, Traits.EXTERNAL);
    }

    @Override
    public void embedded(long at, Value.Data data) {}

    @Override
    public void oddity(long at, Oddity oddity, String detail) {}
  }
}
