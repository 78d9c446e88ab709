package dev.vidimus.scan.tensor;

import dev.vidimus.artifact.Bytes;
import dev.vidimus.artifact.FormatException;
import dev.vidimus.formats.msgpack.MsgpackListener;
import dev.vidimus.formats.msgpack.MsgpackReader;
import dev.vidimus.scan.inspection.Inspection;
import dev.vidimus.scan.inspection.Scanner;
import dev.vidimus.scan.inspection.Target;
import dev.vidimus.scan.inspection.Target.Purpose;
import java.io.IOException;

/// Judges MessagePack: parameters of Flax, whose arrays are extensions with a shape, a type and
/// bytes inside, and those of `msgpack-numpy`, which unpickles the bytes of an array of objects.
final class MsgpackScanner implements Scanner {
  /// Of `flax.serialization`: an array, a complex number, a scalar.
  private static final int FIRST_OF_FLAX = 1;

  private static final int LAST_OF_FLAX = 3;

  @Override
  public void scan(Target target, Inspection inspection) throws IOException {
    try {
      MsgpackReader.read(target.bytes(), target.location().path(), new Judge(target, inspection));
    } catch (FormatException e) {
      inspection.ended(target.location(), e, TensorRule.MSGPACK_BROKEN);
    }
  }

  private record Judge(Target target, Inspection inspection) implements MsgpackListener {
    @Override
    public void bytes(long offset, long length) throws IOException {
      if (length > 1) {
        Bytes content = target.bytes().slice(offset, length);
        String name = "bytes %d to %d".formatted(offset, offset + length);
        inspection.examine(target.inside(content, name, Purpose.PAYLOAD));
      }
    }

    @Override
    public void extension(int type, long offset, long length) throws IOException, FormatException {
      if (type >= FIRST_OF_FLAX && type <= LAST_OF_FLAX) {
        Bytes content = target.bytes().slice(offset, length);
        String name = target.location().path() + ": extension at byte " + offset;
        MsgpackReader.read(content, name, new Inner(this, offset));
      } else {
        bytes(offset, length);
      }
    }
  }

  /// The values inside an extension; there are no extensions in it.
  private record Inner(Judge judge, long origin) implements MsgpackListener {
    @Override
    public void bytes(long offset, long length) throws IOException {
      judge.bytes(origin + offset, length);
    }

    @Override
    public void extension(int type, long offset, long length) throws IOException {
      judge.bytes(origin + offset, length);
    }
  }
}
