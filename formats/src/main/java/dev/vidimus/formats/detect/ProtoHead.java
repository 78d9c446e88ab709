package dev.vidimus.formats.detect;

/// Formats that are messages of protocol buffers, known by the fields that come first.
final class ProtoHead {
  private static final int VARINT = 0;
  private static final int BYTES = 2;
  private static final int FIXED32 = 5;

  /// Bytes of a score with its tag.
  private static final int SCORE = 5;

  private final byte[] head;
  private final long size;
  private int at;
  private long value;

  private ProtoHead(byte[] head, long size) {
    this.head = head;
    this.size = size;
  }

  /// The version comes first, then who made the model, then the graph, whose fields begin with a
  /// node or a name ([onnx.proto](https://github.com/onnx/onnx/blob/main/onnx/onnx.proto)).
  static boolean isOnnx(byte[] head, long size) {
    return new ProtoHead(head, size).onnx();
  }

  private boolean onnx() {
    if (!field(1, VARINT) || value < 1 || value > 1000) {
      return false;
    }
    while (at < head.length) {
      int tag = head[at] & 0xff;
      int number = tag >>> 3;
      if (number == 7) {
        return field(number, BYTES) && isGraph();
      }
      boolean isText = number == 2 || number == 3 || number == 4 || number == 6 || number == 14;
      if (isText || number == 8) {
        if (!field(number, BYTES)) {
          return false;
        }
        at = value > head.length ? head.length : at + (int) value;
      } else if (number != 5 || !field(number, VARINT)) {
        return false;
      }
    }
    return false;
  }

  /// The first field inside is a node, the name, an initializer or a text, and fits.
  private boolean isGraph() {
    if (at >= head.length) {
      return value == 0;
    }
    int number = (head[at] & 0xff) >>> 3;
    boolean isKnown = number == 1 || number == 2 || number == 5 || (number >= 10 && number <= 16);
    long graph = value;
    return isKnown && field(number, BYTES) && value <= graph;
  }

  /// A SavedModel: a version, then a graph with its description. A MetaGraph: a description, then a
  /// graph. A graph: a node, which has a name and an operator.
  static boolean isTensorflow(byte[] head, long size) {
    ProtoHead saved = new ProtoHead(head, size);
    if (saved.field(1, VARINT) && saved.value == 1 && saved.field(2, BYTES)) {
      long graph = saved.value;
      int start = saved.at;
      boolean isDescribed = saved.field(1, BYTES) && saved.value <= graph;
      saved.at = start;
      return isDescribed || (saved.field(2, BYTES) && saved.value <= graph);
    }
    ProtoHead meta = new ProtoHead(head, size);
    if (meta.field(1, BYTES) && meta.value < head.length) {
      meta.at += (int) meta.value;
      if (meta.field(2, BYTES) && meta.isNode()) {
        return true;
      }
    }
    return new ProtoHead(head, size).isNode();
  }

  /// A piece comes first: its text, then its score.
  static boolean isSentencePiece(byte[] head, long size) {
    ProtoHead piece = new ProtoHead(head, size);
    if (!piece.field(1, BYTES)) {
      return false;
    }
    long end = piece.at + piece.value;
    if (!piece.field(1, BYTES) || piece.at + piece.value + SCORE > end) {
      return false;
    }
    long score = piece.at + piece.value;
    return score < head.length && head[(int) score] == (2 << 3 | FIXED32);
  }

  /// A field 1 with a name in its field 1 and an operator in its field 2.
  private boolean isNode() {
    if (!field(1, BYTES)) {
      return false;
    }
    long node = value;
    if (!field(1, BYTES) || value == 0 || value > node || value > head.length - at) {
      return false;
    }
    at += (int) value;
    if (!field(2, BYTES) || value == 0 || value > node || value > head.length - at) {
      return false;
    }
    for (int i = at; i < at + value; i++) {
      boolean isWord = Character.isLetterOrDigit((char) (head[i] & 0x7f)) && head[i] > 0;
      if (!isWord && head[i] != '_' && head[i] != '>' && head[i] != ':') {
        return false;
      }
    }
    return head[at] >= 'A' && head[at] <= 'Z';
  }

  /// Reads tag and number, or tag and length; a length must fit the file.
  private boolean field(int number, int wire) {
    if (at >= head.length || (head[at] & 0xff) != (number << 3 | wire)) {
      return false;
    }
    at++;
    value = 0;
    for (int shift = 0; shift < 63 && at < head.length; shift += 7) {
      int each = head[at++] & 0xff;
      value |= (long) (each & 0x7f) << shift;
      if (each < 0x80) {
        return wire == VARINT || value <= size - at;
      }
    }
    return false;
  }
}
