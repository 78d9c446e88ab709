package dev.vidimus.formats.operator;

import static dev.vidimus.formats.protobuf.ProtoReader.BYTES;

import dev.vidimus.artifact.Bytes;
import dev.vidimus.artifact.FormatException;
import dev.vidimus.formats.operator.OperatorListener.Kind;
import dev.vidimus.formats.protobuf.ProtoReader;
import java.io.IOException;

/// Reads programs of Paddle (`framework.proto`).
public final class PaddleReader {
  private static final int LONGEST_NAME = 256;
  private static final int BLOCK = 1 << 3 | BYTES;
  private static final int OPERATOR = 4 << 3 | BYTES;
  private static final int TYPE = 3 << 3 | BYTES;

  private PaddleReader() {}

  /// Reads a program.
  ///
  /// @param source its name in errors
  public static void read(Bytes bytes, String source, OperatorListener listener)
      throws IOException, FormatException {
    ProtoReader proto = new ProtoReader(bytes, source);
    boolean hasBlock = false;
    while (proto.next("program")) {
      if (proto.tag() == BLOCK) {
        hasBlock = true;
        block(proto, listener);
      }
    }
    if (!hasBlock) {
      throw new FormatException.Malformed(source + ": program", 0, "has no block");
    }
  }

  private static void block(ProtoReader proto, OperatorListener listener)
      throws IOException, FormatException {
    proto.enter("block");
    while (proto.next("block")) {
      if (proto.tag() == OPERATOR) {
        proto.enter("operator");
        while (proto.next("operator")) {
          if (proto.tag() == TYPE) {
            listener.named(Kind.OPERATOR, proto.text("type", LONGEST_NAME), proto.offset());
          }
        }
        proto.leave();
      }
    }
    proto.leave();
  }
}
