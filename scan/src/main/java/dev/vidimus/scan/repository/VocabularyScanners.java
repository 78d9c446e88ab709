package dev.vidimus.scan.repository;

import dev.vidimus.artifact.FormatException;
import dev.vidimus.artifact.Location;
import dev.vidimus.formats.tokenizer.SentencePieceListener;
import dev.vidimus.formats.tokenizer.SentencePieceReader;
import dev.vidimus.formats.tokenizer.TiktokenReader;
import dev.vidimus.scan.inspection.Inspection;
import dev.vidimus.scan.inspection.Target;
import java.io.IOException;

/// Judges vocabularies by the same rules as tokenizers in JSON.
final class VocabularyScanners {
  private VocabularyScanners() {}

  static void sentencePiece(Target target, Inspection inspection) throws IOException {
    Location location = target.location();
    TokenizerRules rules = TokenizerRules.of(location, inspection);
    try {
      SentencePieceReader.read(target.bytes(), location.path(), new Pieces(rules));
    } catch (FormatException e) {
      inspection.ended(location, e, TokenizerRule.BROKEN);
    }
  }

  private record Pieces(TokenizerRules rules) implements SentencePieceListener {
    @Override
    public void piece(String text, Kind kind, long offset) {
      if (kind == Kind.CONTROL || kind == Kind.USER_DEFINED || kind == Kind.UNKNOWN) {
        rules.token(text, kind != Kind.USER_DEFINED, offset);
      }
    }

    @Override
    public void table(Direction direction, byte[] compiled, long offset) {
      rules.table(compiled, name(direction), rule(direction), offset);
    }

    @Override
    public void rules(Direction direction, String text, long offset) {
      rules.compiled(text, name(direction), rule(direction), offset);
    }

    private static String name(Direction direction) {
      return direction == Direction.INPUT ? "normalizer" : "denormalizer";
    }

    private static TokenizerRule rule(Direction direction) {
      return direction == Direction.INPUT
          ? TokenizerRule.REWRITTEN_INPUT
          : TokenizerRule.REWRITTEN_OUTPUT;
    }
  }

  static void tiktoken(Target target, Inspection inspection) throws IOException {
    Location location = target.location();
    try {
      TiktokenReader.read(target.bytes(), location.path());
    } catch (FormatException e) {
      inspection.ended(location, e, TokenizerRule.BROKEN);
    }
  }
}
