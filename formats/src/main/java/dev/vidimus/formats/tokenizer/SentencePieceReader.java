package dev.vidimus.formats.tokenizer;

import static dev.vidimus.formats.protobuf.ProtoReader.BYTES;
import static dev.vidimus.formats.protobuf.ProtoReader.VARINT;

import dev.vidimus.artifact.Bytes;
import dev.vidimus.artifact.FormatException;
import dev.vidimus.formats.protobuf.ProtoReader;
import dev.vidimus.formats.tokenizer.SentencePieceListener.Direction;
import dev.vidimus.formats.tokenizer.SentencePieceListener.Kind;
import java.io.IOException;

/// Reads a model of SentencePiece
/// ([sentencepiece_model.proto](https://github.com/google/sentencepiece)): the pieces, and what is
/// done to texts before they are cut and after they are put together. How it was trained is passed
/// over.
public final class SentencePieceReader {
  private static final int LONGEST_PIECE = 1 << 10;
  private static final int LONGEST_RULES = 64 << 10;
  private static final int LARGEST_TABLE = 16 << 20;

  private static final int PIECE = 1 << 3 | BYTES;
  private static final int NORMALIZER = 3 << 3 | BYTES;
  private static final int DENORMALIZER = 5 << 3 | BYTES;

  private static final int TEXT = 1 << 3 | BYTES;
  private static final int KIND = 3 << 3 | VARINT;

  private static final int TABLE = 2 << 3 | BYTES;
  private static final int RULES = 6 << 3 | BYTES;

  private SentencePieceReader() {}

  /// Reads a model.
  ///
  /// @param source its name in errors
  public static void read(Bytes bytes, String source, SentencePieceListener listener)
      throws IOException, FormatException {
    ProtoReader proto = new ProtoReader(bytes, source);
    while (proto.next("model")) {
      switch (proto.tag()) {
        case PIECE -> piece(proto, listener);
        case NORMALIZER -> normalizer(proto, Direction.INPUT, listener);
        case DENORMALIZER -> normalizer(proto, Direction.OUTPUT, listener);
        default -> {}
      }
    }
  }

  private static void piece(ProtoReader proto, SentencePieceListener listener)
      throws IOException, FormatException {
    long offset = proto.offset();
    String text = "";
    Kind kind = Kind.NORMAL;
    proto.enter("piece");
    while (proto.next("piece")) {
      if (proto.tag() == TEXT) {
        text = proto.text("piece", LONGEST_PIECE);
      } else if (proto.tag() == KIND) {
        kind = kind(proto.value());
      }
    }
    proto.leave();
    listener.piece(text, kind, offset);
  }

  private static Kind kind(long number) {
    return switch (Math.clamp(number, 0, 7)) {
      case 1 -> Kind.NORMAL;
      case 2 -> Kind.UNKNOWN;
      case 3 -> Kind.CONTROL;
      case 4 -> Kind.USER_DEFINED;
      case 5 -> Kind.UNUSED;
      case 6 -> Kind.BYTE;
      default -> Kind.OTHER;
    };
  }

  private static void normalizer(
      ProtoReader proto, Direction direction, SentencePieceListener listener)
      throws IOException, FormatException {
    proto.enter("normalizer");
    while (proto.next("normalizer")) {
      if (proto.tag() == TABLE) {
        listener.table(direction, proto.array("table", LARGEST_TABLE), proto.offset());
      } else if (proto.tag() == RULES) {
        listener.rules(direction, proto.text("rules", LONGEST_RULES), proto.offset());
      }
    }
    proto.leave();
  }
}
