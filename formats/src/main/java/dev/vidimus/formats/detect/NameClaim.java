package dev.vidimus.formats.detect;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What a file's name says about its content: a second opinion.
///
/// @param formats formats that such names ordinarily have; empty if the name claims nothing
/// @param extension in lower case without the dot; empty if there is none
record NameClaim(List<Format> formats, String extension) {
  private static final Set<Format> TEXTUAL =
      EnumSet.of(
          Format.TEXT,
          Format.HTML,
          Format.SCRIPT,
          Format.PROTOBUF_TEXT,
          Format.PYTHON,
          Format.NOTEBOOK,
          Format.JSON,
          Format.YAML,
          Format.TOML,
          Format.XML,
          Format.JINJA,
          Format.CONFIGURATION,
          Format.REQUIREMENTS,
          Format.SOURCE_CODE);

  private static final Set<Format> INERT_OR_NATIVE =
      EnumSet.of(
          Format.MEDIA,
          Format.ELF,
          Format.PE,
          Format.MACH_O,
          Format.JAVA_CLASS,
          Format.WASM,
          Format.PYTHON_BYTECODE);

  /// Both kinds of vocabulary go by these names.
  private static final Pattern VOCABULARY =
      Pattern.compile(
          ".*tokenizer\\.model(\\.v\\d+)?|(sp|spiece|spm|sentencepiece)(\\.bpe)?\\.model");

  private static final String SHARD = ".data-";
  private static final String SHARDS = "-of-";

  private static final Map<String, List<Format>> BY_EXTENSION = byExtension();

  private static Map<String, List<Format>> byExtension() {
    Map<String, List<Format>> claims = new HashMap<>();
    for (Format format : Format.values()) {
      for (String extension : format.extensions()) {
        claims.computeIfAbsent(extension, e -> new ArrayList<>(2)).add(format);
      }
    }
    return claims;
  }

  /// @param name base name
  static NameClaim of(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    int dot = lower.lastIndexOf('.');
    String extension = dot > 0 ? lower.substring(dot + 1) : "";
    if (VOCABULARY.matcher(lower).matches()) {
      return new NameClaim(List.of(Format.SENTENCEPIECE, Format.TIKTOKEN), extension);
    }
    Format special = special(lower);
    if (special != null) {
      return new NameClaim(List.of(special), extension);
    }
    return new NameClaim(BY_EXTENSION.getOrDefault(extension, List.of()), extension);
  }

  /// A shard of a checkpoint of TensorFlow: `variables.data-00000-of-00001`.
  private static boolean isShard(String name) {
    int at = name.lastIndexOf(SHARD);
    if (at <= 0 || name.length() != at + SHARD.length() + 5 + SHARDS.length() + 5) {
      return false;
    }
    int of = at + SHARD.length() + 5;
    return name.startsWith(SHARDS, of) && isDigits(name, of - 5, of) && isDigits(name, of + 4);
  }

  /// A piece of an array of Zarr, by its place in it: `0.12.3`.
  private static boolean isChunk(String name) {
    int from = 0;
    int count = 1;
    for (int dot = name.indexOf('.'); dot >= 0; dot = name.indexOf('.', from)) {
      if (!isDigits(name, from, dot)) {
        return false;
      }
      from = dot + 1;
      count++;
    }
    return count > 1 && isDigits(name, from);
  }

  private static boolean isDigits(String name, int from) {
    return isDigits(name, from, name.length());
  }

  private static boolean isDigits(String name, int from, int to) {
    for (int i = from; i < to; i++) {
      if (name.charAt(i) < '0' || name.charAt(i) > '9') {
        return false;
      }
    }
    return from < to;
  }

  /// Names that say more than their extension, or that have none.
  private static @Nullable Format special(String name) {
    if (name.startsWith("requirements") && name.endsWith(".txt")) {
      return Format.REQUIREMENTS; // read by pip, and it may name any server
    }
    if (isShard(name)) {
      return Format.TENSORFLOW_DATA;
    }
    if (isChunk(name)) {
      return Format.ZARR;
    }
    return switch (name) {
      case ".gitattributes",
          ".gitignore",
          ".gitkeep",
          "readme",
          "license",
          "licence",
          "copying",
          "notice",
          "authors",
          "changelog",
          "contributors" ->
          Format.TEXT;
      case "constraints.txt", "pipfile" -> Format.REQUIREMENTS;
      case "dockerfile", "makefile", "modelfile", ".env", ".netrc", ".npmrc", ".gitmodules" ->
          Format.CONFIGURATION;
      case "mlmodel" -> Format.YAML; // MLflow's description of a model
      case "saved_model.pb", "keras_metadata.pb", "fingerprint.pb" -> Format.TENSORFLOW;
      case "chat_template", "chat_template.txt" -> Format.JINJA;
      default -> null;
    };
  }

  /// True if any format that the name claims is one of text.
  boolean isTextual() {
    for (Format format : formats) {
      if (TEXTUAL.contains(format)) {
        return true;
      }
    }
    return false;
  }

  /// True if the name claims a format that a loader would hold these bytes to, whatever they are.
  boolean isModel() {
    return !formats.isEmpty() && !isTextual() && !INERT_OR_NATIVE.contains(formats.getFirst());
  }

  /// The textual format that the name claims.
  ///
  /// @throws IllegalStateException unless [#isTextual()]
  Format textual() {
    for (Format format : formats) {
      if (TEXTUAL.contains(format) && format != Format.SCRIPT) {
        return format;
      }
    }
    if (isTextual()) {
      return Format.SOURCE_CODE; // .sh and the like without `#!`
    }
    throw new IllegalStateException("no textual claim");
  }
}
