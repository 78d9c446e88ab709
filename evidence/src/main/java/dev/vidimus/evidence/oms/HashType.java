package dev.vidimus.evidence.oms;

import dev.vidimus.artifact.Bytes;
import dev.vidimus.artifact.FileBytes;
import dev.vidimus.artifact.digest.Sha256;
import dev.vidimus.artifact.digest.Stretch;
import dev.vidimus.evidence.CheckFailed;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.bouncycastle.crypto.ExtendedDigest;
import org.bouncycastle.crypto.digests.Blake2bDigest;
import org.bouncycastle.crypto.digests.Blake3Digest;

/// What resources are hashed by.
public enum HashType {
  SHA256("sha256", 32),
  /// Unkeyed BLAKE2b with 64 bytes.
  BLAKE2B("blake2b", 64),
  /// Unkeyed BLAKE3 with 32 bytes.
  BLAKE3("blake3", 32);

  private static final int SLICE = 1 << 16;

  private final String word;
  private final int bytes;

  HashType(String word, int bytes) {
    this.word = word;
    this.bytes = bytes;
  }

  /// As the predicate says it.
  public String word() {
    return word;
  }

  /// Digits of a digest in hex.
  int digits() {
    return bytes * 2;
  }

  static HashType ofWord(String word) throws CheckFailed {
    for (HashType type : values()) {
      if (type.word.equals(word)) {
        return type;
      }
    }
    throw new CheckFailed("manifest", "hash_type sha256, blake2b or blake3", word);
  }

  /// The digests of the stretches in hex, in order.
  List<String> hash(List<Stretch> stretches) throws IOException {
    return switch (this) {
      case SHA256 -> Sha256.of(stretches, -1).stream().map(sums -> sums.sha256().hex()).toList();
      case BLAKE2B, BLAKE3 -> {
        List<String> digests = new ArrayList<>();
        for (Stretch stretch : stretches) {
          digests.add(blake(stretch));
        }
        yield digests;
      }
    };
  }

  private String blake(Stretch stretch) throws IOException {
    ExtendedDigest hash = this == BLAKE3 ? new Blake3Digest() : new Blake2bDigest(bytes * 8);
    byte[] slice = new byte[SLICE];
    try (Bytes file = FileBytes.open(stretch.file())) {
      if (file.size() < stretch.offset() + stretch.length()
          || (stretch.toEnd() && file.size() != stretch.offset() + stretch.length())) {
        throw new IOException(stretch.file() + ": changed while it was read");
      }
      for (long at = 0; at < stretch.length(); at += SLICE) {
        int count = (int) Math.min(SLICE, stretch.length() - at);
        file.read(stretch.offset() + at, slice, 0, count);
        hash.update(slice, 0, count);
      }
    }
    byte[] digest = new byte[hash.getDigestSize()];
    hash.doFinal(digest, 0);
    return HexFormat.of().formatHex(digest);
  }
}
