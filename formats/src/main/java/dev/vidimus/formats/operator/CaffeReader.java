package dev.vidimus.formats.operator;

import static dev.vidimus.formats.protobuf.ProtoReader.BYTES;

import dev.vidimus.artifact.Bytes;
import dev.vidimus.artifact.FormatException;
import dev.vidimus.formats.operator.OperatorListener.Kind;
import dev.vidimus.formats.protobuf.ProtoReader;
import java.io.IOException;

/// Reads weights of Caffe (`caffe.proto`), which name their layers too.
public final class CaffeReader {
  private static final int LONGEST_NAME = 256;
  private static final int LAYER = 100 << 3 | BYTES;
  private static final int TYPE = 2 << 3 | BYTES;
  private static final int PYTHON = 130 << 3 | BYTES;
  private static final int MODULE = 1 << 3 | BYTES;

  private CaffeReader() {}

  /// Reads a network.
  ///
  /// @param source its name in errors
  public static void read(Bytes bytes, String source, OperatorListener listener)
      throws IOException, FormatException {
    ProtoReader proto = new ProtoReader(bytes, source);
    while (proto.next("network")) {
      if (proto.tag() == LAYER) {
        layer(proto, listener);
      }
    }
  }

  private static void layer(ProtoReader proto, OperatorListener listener)
      throws IOException, FormatException {
    proto.enter("layer");
    while (proto.next("layer")) {
      if (proto.tag() == TYPE) {
        listener.named(Kind.OPERATOR, proto.text("type", LONGEST_NAME), proto.offset());
      } else if (proto.tag() == PYTHON) {
        proto.enter("layer of Python");
        while (proto.next("layer of Python")) {
          if (proto.tag() == MODULE) {
            listener.named(Kind.CLASS, proto.text("module", LONGEST_NAME), proto.offset());
          }
        }
        proto.leave();
      }
    }
    proto.leave();
  }
}
