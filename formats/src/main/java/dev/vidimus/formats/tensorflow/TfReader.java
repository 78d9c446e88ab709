package dev.vidimus.formats.tensorflow;

import static dev.vidimus.formats.protobuf.ProtoReader.BYTES;
import static dev.vidimus.formats.protobuf.ProtoReader.VARINT;

import dev.vidimus.artifact.Bytes;
import dev.vidimus.artifact.FormatException;
import dev.vidimus.formats.protobuf.ProtoReader;
import java.io.IOException;

/// Reads one file, whichever of the four messages it is (`tensorflow/core/protobuf` and
/// `tensorflow/core/framework`).
public final class TfReader {
  private static final int LONGEST_NAME = 4096;
  private static final int LONGEST_JSON = 16 << 20;

  private static final int MODEL_VERSION = 1 << 3 | VARINT;
  private static final int MODEL_GRAPH = 2 << 3 | BYTES;

  private static final int META_INFO = 1 << 3 | BYTES;
  private static final int META_GRAPH = 2 << 3 | BYTES;
  private static final int META_ASSET = 6 << 3 | BYTES;
  private static final int META_OBJECTS = 7 << 3 | BYTES;
  private static final int META_LAST = 7;

  private static final int GRAPH_NODE = 1 << 3 | BYTES;
  private static final int GRAPH_LIBRARY = 2 << 3 | BYTES;

  private static final int LIBRARY_FUNCTION = 1 << 3 | BYTES;
  private static final int FUNCTION_SIGNATURE = 1 << 3 | BYTES;
  private static final int FUNCTION_NODE = 3 << 3 | BYTES;
  private static final int SIGNATURE_NAME = 1 << 3 | BYTES;

  private static final int NODE_NAME = 1 << 3 | BYTES;
  private static final int NODE_TYPE = 2 << 3 | BYTES;

  private static final int ASSET_FILENAME = 2 << 3 | BYTES;

  private static final int OBJECTS_NODE = 1 << 3 | BYTES;
  private static final int OBJECT_USER = 4 << 3 | BYTES;
  private static final int USER_METADATA = 3 << 3 | BYTES;

  private static final int KERAS_NODE = 1 << 3 | BYTES;
  private static final int KERAS_METADATA = 5 << 3 | BYTES;

  private final ProtoReader proto;
  private final TfListener listener;

  private TfReader(ProtoReader proto, TfListener listener) {
    this.proto = proto;
    this.listener = listener;
  }

  /// Which message a file is.
  public enum Message {
    SAVED_MODEL,
    META_GRAPH,
    GRAPH,
    KERAS_METADATA,
    /// Hashes of the parts of a SavedModel.
    FINGERPRINT
  }

  /// Which message a file is by its fields: a SavedModel has a number first, a graph only nodes, a
  /// library and versions.
  ///
  /// @throws FormatException if it is none
  public static Message kind(Bytes bytes, String source) throws IOException, FormatException {
    ProtoReader proto = new ProtoReader(bytes, source);
    int nodes = 0;
    int graphs = 0;
    while (proto.next("file")) {
      int tag = proto.tag();
      if (tag == MODEL_VERSION) {
        return Message.SAVED_MODEL;
      }
      nodes += tag == META_INFO ? 1 : 0;
      graphs += tag == META_GRAPH ? 1 : 0;
      if (tag >>> 3 > 4 && tag >>> 3 <= META_LAST) {
        return Message.META_GRAPH;
      }
    }
    return nodes <= 1 && graphs > 0 ? Message.META_GRAPH : Message.GRAPH;
  }

  /// Reads a file.
  ///
  /// @param source its name in errors
  /// @throws FormatException where reading cannot go on
  /// @throws IOException if the bytes cannot be read
  public static void read(Bytes bytes, String source, Message message, TfListener listener)
      throws IOException, FormatException {
    TfReader reader = new TfReader(new ProtoReader(bytes, source), listener);
    switch (message) {
      case SAVED_MODEL -> reader.savedModel();
      case META_GRAPH -> reader.metaGraphFields();
      case GRAPH -> reader.graphFields();
      case KERAS_METADATA -> reader.keras();
      case FINGERPRINT -> reader.fingerprint();
    }
  }

  private void fingerprint() throws IOException, FormatException {
    while (proto.next("fingerprint")) {
      // numbers and a text, which nothing acts upon
    }
  }

  private void savedModel() throws IOException, FormatException {
    boolean hasGraph = false;
    while (proto.next("saved model")) {
      if (proto.tag() == MODEL_GRAPH) {
        hasGraph = true;
        proto.enter("meta graph");
        metaGraphFields();
        proto.leave();
      }
    }
    if (!hasGraph) {
      throw proto.malformed("saved model", "has no graph");
    }
  }

  private void metaGraphFields() throws IOException, FormatException {
    while (proto.next("meta graph")) {
      switch (proto.tag()) {
        case META_GRAPH -> {
          proto.enter("graph");
          graphFields();
          proto.leave();
        }
        case META_ASSET -> asset();
        case META_OBJECTS -> objects();
        default -> {}
      }
    }
  }

  private void graphFields() throws IOException, FormatException {
    while (proto.next("graph")) {
      switch (proto.tag()) {
        case GRAPH_NODE -> node("");
        case GRAPH_LIBRARY -> library();
        default -> {}
      }
    }
  }

  private void library() throws IOException, FormatException {
    proto.enter("library");
    while (proto.next("library")) {
      if (proto.tag() == LIBRARY_FUNCTION) {
        function();
      }
    }
    proto.leave();
  }

  private void function() throws IOException, FormatException {
    String name = "";
    proto.enter("function");
    while (proto.next("function")) {
      switch (proto.tag()) {
        case FUNCTION_SIGNATURE -> name = signature();
        case FUNCTION_NODE -> node(name.isEmpty() ? "a function" : name);
        default -> {}
      }
    }
    proto.leave();
  }

  private String signature() throws IOException, FormatException {
    String name = "";
    proto.enter("signature");
    while (proto.next("signature")) {
      if (proto.tag() == SIGNATURE_NAME) {
        name = proto.text("name", LONGEST_NAME);
      }
    }
    proto.leave();
    return name;
  }

  private void node(String function) throws IOException, FormatException {
    long offset = proto.offset();
    String name = "";
    String type = "";
    proto.enter("node");
    while (proto.next("node")) {
      switch (proto.tag()) {
        case NODE_NAME -> name = proto.text("name", LONGEST_NAME);
        case NODE_TYPE -> type = proto.text("op", LONGEST_NAME);
        default -> {}
      }
    }
    proto.leave();
    listener.node(type, name, function, offset);
  }

  private void asset() throws IOException, FormatException {
    proto.enter("asset");
    while (proto.next("asset")) {
      if (proto.tag() == ASSET_FILENAME) {
        listener.asset(proto.text("filename", LONGEST_NAME), proto.offset());
      }
    }
    proto.leave();
  }

  private void objects() throws IOException, FormatException {
    proto.enter("objects");
    while (proto.next("objects")) {
      if (proto.tag() == OBJECTS_NODE) {
        proto.enter("object");
        while (proto.next("object")) {
          if (proto.tag() == OBJECT_USER) {
            metadata(USER_METADATA);
          }
        }
        proto.leave();
      }
    }
    proto.leave();
  }

  private void keras() throws IOException, FormatException {
    while (proto.next("metadata")) {
      if (proto.tag() == KERAS_NODE) {
        metadata(KERAS_METADATA);
      }
    }
  }

  private void metadata(int field) throws IOException, FormatException {
    proto.enter("metadata");
    while (proto.next("metadata")) {
      if (proto.tag() == field) {
        if (proto.length() > LONGEST_JSON) {
          throw new FormatException.LimitExceeded(
              proto.where("metadata"),
              proto.offset(),
              "has " + proto.length() + " bytes, over the limit of " + LONGEST_JSON);
        }
        listener.kerasMetadata(proto.text("metadata", LONGEST_JSON), proto.offset());
      }
    }
    proto.leave();
  }
}
