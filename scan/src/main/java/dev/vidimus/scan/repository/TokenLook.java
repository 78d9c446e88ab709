package dev.vidimus.scan.repository;

import java.text.Normalizer;
import java.util.Map;

/// What a token looks like to people: its characters without those that nobody sees, and with each
/// that looks like a plain one as that.
final class TokenLook {
  /// Letters of other scripts, and marks, that fonts draw like plain ones.
  private static final Map<Integer, Character> TWINS =
      Map.ofEntries(
          twin('а', 'a'),
          twin('е', 'e'),
          twin('о', 'o'),
          twin('р', 'p'),
          twin('с', 'c'),
          twin('х', 'x'),
          twin('у', 'y'),
          twin('і', 'i'),
          twin('ѕ', 's'),
          twin('ј', 'j'),
          twin('ԁ', 'd'),
          twin('һ', 'h'),
          twin('т', 't'),
          twin('м', 'm'),
          twin('ո', 'n'),
          twin('ο', 'o'),
          twin('α', 'a'),
          twin('ν', 'v'),
          twin('ι', 'i'),
          twin('κ', 'k'),
          twin('ρ', 'p'),
          twin('τ', 't'),
          twin('υ', 'u'),
          twin('ı', 'i'),
          twin('ɡ', 'g'),
          twin('А', 'A'),
          twin('В', 'B'),
          twin('Е', 'E'),
          twin('К', 'K'),
          twin('М', 'M'),
          twin('Н', 'H'),
          twin('О', 'O'),
          twin('Р', 'P'),
          twin('С', 'C'),
          twin('Т', 'T'),
          twin('Х', 'X'),
          twin('І', 'I'),
          twin('Ѕ', 'S'),
          twin('‹', '<'),
          twin('〈', '<'),
          twin('⟨', '<'),
          twin('›', '>'),
          twin('〉', '>'),
          twin('⟩', '>'),
          twin('ǀ', '|'),
          twin('∣', '|'),
          twin('│', '|'),
          twin('￨', '|'),
          twin('▁', '_'),
          twin('‗', '_'),
          twin('⁄', '/'),
          twin('∕', '/'),
          twin('❘', '|'));

  private TokenLook() {}

  private static Map.Entry<Integer, Character> twin(int other, char plain) {
    return Map.entry(other, plain);
  }

  /// Case is kept: `<PAD>` and `<pad>` are told apart by people too.
  static String of(String token) {
    StringBuilder out = new StringBuilder();
    Normalizer.normalize(token, Normalizer.Form.NFKC)
        .codePoints()
        .filter(c -> !isUnseen(c) && !Character.isWhitespace(c) && !Character.isSpaceChar(c))
        .forEach(
            c -> {
              Character plain = TWINS.get(c);
              out.appendCodePoint(plain == null ? c : plain);
            });
    return out.toString();
  }

  /// Characters without a look: formats, directions, tags, variations.
  static boolean isUnseen(int c) {
    return Character.getType(c) == Character.FORMAT
        || (c >= 0xfe00 && c <= 0xfe0f)
        || (c >= 0xe0000 && c <= 0xe01ef)
        || c == 0x034f
        || c == 0x115f
        || c == 0x1160
        || c == 0x3164;
  }

  /// Whether people take it for something that controls a model: `<|end|>`, `[INST]`, `</s>`.
  static boolean isControl(String look) {
    int last = look.length() - 1;
    return last >= 2
        && ((look.charAt(0) == '<' && look.charAt(last) == '>')
            || (look.charAt(0) == '[' && look.charAt(last) == ']')
            || (look.charAt(0) == '{' && look.charAt(last) == '}')
            || (look.startsWith("<|") || look.endsWith("|>")));
  }
}
