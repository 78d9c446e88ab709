package dev.vidimus.scan.pickle;

import dev.vidimus.artifact.Bytes;
import dev.vidimus.formats.pickle.Value;
import dev.vidimus.formats.pickle.Value.Instance;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Works out what a decoder would return for constant arguments, so that a payload behind
/// `pickle.loads(base64.b64decode(b'…'))` is examined and not only suspected.
///
/// Decompressors return their argument as it is: whoever examines it recognises the compression.
final class ConstantCall {
  /// More than this is not decoded; the call is a finding all the same.
  private static final int MOST = 64 << 20;

  private static final Set<String> LOADERS =
      Set.of(
          "pickle.loads",
          "_pickle.loads",
          "cPickle.loads",
          "pickle._loads",
          "cloudpickle.loads",
          "cloudpickle.cloudpickle.loads",
          "dill.loads",
          "dill._dill.loads",
          "torch.storage._load_from_bytes");

  private static final Set<String> DECOMPRESSORS =
      Set.of("zlib.decompress", "gzip.decompress", "bz2.decompress", "lzma.decompress");

  private static final Set<String> BASE64 =
      Set.of(
          "base64.b64decode",
          "base64.standard_b64decode",
          "base64.urlsafe_b64decode",
          "base64.decodebytes",
          "binascii.a2b_base64");

  private static final Set<String> HEX =
      Set.of(
          "binascii.unhexlify",
          "binascii.a2b_hex",
          "base64.b16decode",
          "builtins.bytes.fromhex",
          "builtins.bytearray.fromhex");

  private ConstantCall() {}

  /// Whether the callable loads the bytes that it is given.
  static boolean isLoader(String path) {
    return LOADERS.contains(path);
  }

  /// The bytes of the first argument, if they are constant.
  static @Nullable Bytes argument(Value arguments) throws IOException {
    if (!(arguments instanceof Value.Tuple tuple) || tuple.elements().isEmpty()) {
      return null;
    }
    return switch (tuple.elements().getFirst()) {
      case Value.Data data -> data.content();
      case Instance instance ->
          switch ((Meaning) instance.meaning()) {
            case Meaning.Made made -> made.content();
            case Meaning.Encoded encoded -> latin1(encoded.text());
            case Meaning.Known known -> null;
            case Meaning.Unknown unknown -> null;
            case Meaning.Dangerous dangerous -> null;
            case Meaning.Method method -> null;
            case Meaning.Dtype dtype -> null;
          };
      case Value.Tuple inner -> null;
      case Value.Container box -> null;
      case Value.Reference reference -> null;
    };
  }

  /// What a decoder returns for its constant argument; null if it is none, or cannot be told.
  static @Nullable Bytes decoded(String path, Value arguments) throws IOException {
    if (DECOMPRESSORS.contains(path)) {
      return argument(arguments);
    }
    boolean isBase64 = BASE64.contains(path) || isCodec(path, arguments, "base64", "base-64");
    boolean isHex = HEX.contains(path) || isCodec(path, arguments, "hex", "hex_codec");
    boolean isZlib = isCodec(path, arguments, "zlib", "zip");
    if (isZlib) {
      return argument(arguments);
    }
    if (!isBase64 && !isHex) {
      return null;
    }
    byte[] encoded = text(arguments);
    if (encoded == null) {
      return null;
    }
    try {
      return isHex
          ? Bytes.of(HexFormat.of().parseHex(withoutSpace(encoded)))
          : Bytes.of(Base64.getMimeDecoder().decode(urlSafe(encoded)));
    } catch (IllegalArgumentException e) {
      return null; // the decoder would fail too
    }
  }

  /// The pickle that data may hold: bytes as they are, text from base64 or hex; null if it is none.
  static @Nullable Bytes unwrapped(Value.Data data) throws IOException {
    Bytes content = data.content();
    if (content != null && content.size() > 0 && content.head(1)[0] == (byte) 0x80) {
      return content;
    }
    String text = content == null || content.size() <= MOST ? data.text(MOST / 10) : null;
    if (text == null || text.isEmpty()) {
      return null;
    }
    byte[] encoded = text.getBytes(StandardCharsets.ISO_8859_1);
    try {
      return text.charAt(0) == '8'
          ? Bytes.of(HexFormat.of().parseHex(withoutSpace(encoded)))
          : Bytes.of(Base64.getMimeDecoder().decode(urlSafe(encoded)));
    } catch (IllegalArgumentException e) {
      return null; // it only began like one
    }
  }

  private static boolean isCodec(String path, Value arguments, String... names) throws IOException {
    if (!path.equals("codecs.decode") && !path.equals("_codecs.decode")) {
      return false;
    }
    if (arguments instanceof Value.Tuple tuple
        && tuple.elements().size() >= 2
        && tuple.elements().get(1) instanceof Value.Data codec) {
      String name = codec.text(32);
      return name != null && Set.of(names).contains(name);
    }
    return false;
  }

  private static byte @Nullable [] text(Value arguments) throws IOException {
    Bytes constant = argument(arguments);
    if (constant != null) {
      return constant.size() > MOST ? null : constant.array(0, (int) constant.size());
    }
    if (arguments instanceof Value.Tuple tuple
        && !tuple.elements().isEmpty()
        && tuple.elements().getFirst() instanceof Value.Data data) {
      String text = data.text(MOST / 10);
      return text == null ? null : text.getBytes(StandardCharsets.ISO_8859_1);
    }
    return null;
  }

  private static String withoutSpace(byte[] hex) {
    StringBuilder out = new StringBuilder(hex.length);
    for (byte b : hex) {
      if (b > ' ') {
        out.append((char) b);
      }
    }
    return out.toString();
  }

  private static byte[] urlSafe(byte[] base64) {
    byte[] standard = base64.clone();
    for (int i = 0; i < standard.length; i++) {
      standard[i] = standard[i] == '-' ? (byte) '+' : standard[i] == '_' ? (byte) '/' : standard[i];
    }
    return standard;
  }

  private static @Nullable Bytes latin1(Value.Data text) throws IOException {
    String characters = text.text(MOST / 10);
    return characters == null ? null : Bytes.of(characters.getBytes(StandardCharsets.ISO_8859_1));
  }
}
