package dev.vidimus.formats.operator;

import static dev.vidimus.formats.protobuf.ProtoReader.BYTES;

import dev.vidimus.artifact.Bytes;
import dev.vidimus.artifact.FormatException;
import dev.vidimus.formats.operator.OperatorListener.Kind;
import dev.vidimus.formats.protobuf.ProtoReader;
import java.io.IOException;

/// Reads models of Core ML
/// ([Model.proto](https://apple.github.io/coremltools/mlmodel/Format/Model.html)).
public final class CoremlReader {
  private static final int LONGEST_NAME = 256;

  private static final int VERSION = 1 << 3;
  private static final int PIPELINE_CLASSIFIER = 200 << 3 | BYTES;
  private static final int PIPELINE_REGRESSOR = 201 << 3 | BYTES;
  private static final int PIPELINE = 202 << 3 | BYTES;
  private static final int NETWORK_REGRESSOR = 303 << 3 | BYTES;
  private static final int NETWORK_CLASSIFIER = 403 << 3 | BYTES;
  private static final int NETWORK = 500 << 3 | BYTES;
  private static final int PROGRAM = 502 << 3 | BYTES;
  private static final int CUSTOM_MODEL = 555 << 3 | BYTES;
  private static final int LINKED_MODEL = 556 << 3 | BYTES;

  private static final int FIRST = 1 << 3 | BYTES; // of layers, models, pipelines, files
  private static final int CUSTOM_LAYER = 500 << 3 | BYTES;
  private static final int CLASS_NAME = 10 << 3 | BYTES;
  private static final int LOOP = 615 << 3 | BYTES;
  private static final int BRANCH = 605 << 3 | BYTES;

  private final ProtoReader proto;
  private final OperatorListener listener;
  private boolean hasVersion;

  private CoremlReader(ProtoReader proto, OperatorListener listener) {
    this.proto = proto;
    this.listener = listener;
  }

  /// Reads a model.
  ///
  /// @param source its name in errors
  public static void read(Bytes bytes, String source, OperatorListener listener)
      throws IOException, FormatException {
    CoremlReader reader = new CoremlReader(new ProtoReader(bytes, source), listener);
    reader.model();
    if (!reader.hasVersion) {
      throw new FormatException.Malformed(source + ": model", 0, "has no version");
    }
  }

  private void model() throws IOException, FormatException {
    while (proto.next("model")) {
      switch (proto.tag()) {
        case VERSION -> hasVersion = true;
        case PIPELINE -> pipeline();
        case PIPELINE_CLASSIFIER, PIPELINE_REGRESSOR -> {
          proto.enter("pipeline");
          while (proto.next("pipeline")) {
            if (proto.tag() == FIRST) {
              pipeline();
            }
          }
          proto.leave();
        }
        case NETWORK, NETWORK_CLASSIFIER, NETWORK_REGRESSOR -> network();
        case PROGRAM -> listener.named(Kind.UNREAD, "ML program", proto.offset());
        case CUSTOM_MODEL -> custom("custom model");
        case LINKED_MODEL -> linked();
        default -> {}
      }
    }
  }

  private void pipeline() throws IOException, FormatException {
    proto.enter("pipeline");
    while (proto.next("pipeline")) {
      if (proto.tag() == FIRST) {
        proto.enter("model");
        model();
        proto.leave();
      }
    }
    proto.leave();
  }

  private void network() throws IOException, FormatException {
    proto.enter("network");
    while (proto.next("network")) {
      if (proto.tag() == FIRST) {
        layer();
      }
    }
    proto.leave();
  }

  private void layer() throws IOException, FormatException {
    proto.enter("layer");
    while (proto.next("layer")) {
      switch (proto.tag()) {
        case CUSTOM_LAYER -> custom("custom layer");
        case LOOP, BRANCH -> networks();
        default -> {}
      }
    }
    proto.leave();
  }

  /// The networks of a loop or a branch; its other fields are texts and numbers.
  private void networks() throws IOException, FormatException {
    boolean isLoop = proto.tag() == LOOP;
    proto.enter("layer with networks");
    while (proto.next("layer with networks")) {
      int number = proto.tag() >>> 3;
      boolean isNetwork = isLoop ? number == 3 || number == 4 : number == 1 || number == 2;
      if (isNetwork && (proto.tag() & 7) == BYTES) {
        network();
      }
    }
    proto.leave();
  }

  private void custom(String what) throws IOException, FormatException {
    long at = proto.offset();
    String name = "";
    proto.enter(what);
    while (proto.next(what)) {
      name = proto.tag() == CLASS_NAME ? proto.text("class name", LONGEST_NAME) : name;
    }
    proto.leave();
    listener.named(Kind.CLASS, name, at);
  }

  /// A file and a search path, each a text with a default value.
  private void linked() throws IOException, FormatException {
    proto.enter("linked model");
    while (proto.next("linked model")) {
      if (proto.tag() == FIRST) {
        proto.enter("file");
        while (proto.next("file")) {
          if ((proto.tag() & 7) == BYTES) {
            parameter();
          }
        }
        proto.leave();
      }
    }
    proto.leave();
  }

  private void parameter() throws IOException, FormatException {
    long at = proto.offset();
    proto.enter("text");
    while (proto.next("text")) {
      if (proto.tag() == FIRST) {
        listener.named(Kind.FILE, proto.text("text", LONGEST_NAME), at);
      }
    }
    proto.leave();
  }
}
