package dev.vidimus.lineage.tensors;

import dev.vidimus.artifact.Digest;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The identities of tensors. The digest of a tensor is
///
/// ```
/// SHA-256("vidimus.tensor.v1" 0x00 dtype 0x00 rank:u32le dimension:u64le… raw)
/// ```
///
/// where `raw` is the SHA-256 of its row-major little-endian bytes. Names, order, shards and
/// containers stay out of it. The root of a model is the Merkle tree hash
/// ([RFC 9162, section 2.1.1](https://www.rfc-editor.org/rfc/rfc9162#section-2.1.1)) over
/// `digest name`, sorted by the names' UTF-8 bytes; the multiset is the SHA-256 of the sorted
/// digests, and stays the same when tensors exchange their names.
///
/// @param tensors one for each tensor, in the order of the model
/// @param root of the names and digests
/// @param multiset of the digests
public record TensorDigests(List<Named> tensors, Digest root, Digest multiset) {
  private static final byte[] TENSOR = "vidimus.tensor.v1\0".getBytes(StandardCharsets.UTF_8);
  private static final byte[] VALUES = "vidimus.values.v1\0".getBytes(StandardCharsets.UTF_8);
  private static final byte[] MULTISET = "vidimus.tensors.v1\0".getBytes(StandardCharsets.UTF_8);
  private static final int PIECE = 1 << 20;

  public TensorDigests {
    tensors = List.copyOf(tensors);
  }

  /// A tensor with its digests.
  ///
  /// @param raw SHA-256 of its bytes
  /// @param digest of type, shape and bytes
  /// @param values of shape and values widened to F32, so that a copy that was stored wider is
  ///     found; null where it was not asked for or the type has no such values
  public record Named(Tensor tensor, Digest raw, Digest digest, @Nullable Digest values) {}

  /// Reads every byte of a model once.
  ///
  /// @param withValues whether values are hashed too
  public static TensorDigests of(Model model, boolean withValues) throws IOException {
    List<Tensor> tensors = List.copyOf(model.tensors());
    List<Named> named =
        Parallel.map(tensors, tensor -> tensor.data().size(), tensor -> of(tensor, withValues));
    return new TensorDigests(named, root(named), multiset(named));
  }

  /// The digests of some tensors, in their order.
  public static List<Digest> digests(List<Tensor> tensors) throws IOException {
    return Parallel.map(
        tensors, tensor -> tensor.data().size(), tensor -> of(tensor, false).digest());
  }

  private static Named of(Tensor tensor, boolean withValues) throws IOException {
    Digest raw = raw(tensor.data());
    Digest values = withValues ? values(tensor) : null;
    return new Named(tensor, raw, digest(TENSOR, tensor.type().word(), tensor, raw), values);
  }

  /// The digest of a tensor whose bytes have this hash.
  private static Digest digest(byte[] domain, String type, Tensor tensor, Digest raw) {
    MessageDigest sha256 = Digest.newSha256();
    sha256.update(domain);
    sha256.update(type.getBytes(StandardCharsets.US_ASCII));
    sha256.update((byte) 0);
    int rank = tensor.shape().rank();
    ByteBuffer dimensions =
        ByteBuffer.allocate(Integer.BYTES + rank * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    dimensions.putInt(rank);
    for (int i = 0; i < rank; i++) {
      dimensions.putLong(tensor.shape().dimension(i));
    }
    sha256.update(dimensions.array());
    return Digest.of(sha256.digest(raw.bytes()));
  }

  private static Digest raw(TensorData data) throws IOException {
    MessageDigest sha256 = Digest.newSha256();
    TensorData.Window window = new TensorData.Window();
    byte[] piece = new byte[(int) Math.min(PIECE, data.size())];
    for (long at = 0; at < data.size(); at += piece.length) {
      int length = (int) Math.min(piece.length, data.size() - at);
      MemorySegment part = data.part(at, length, window);
      MemorySegment.copy(part, 0, MemorySegment.ofArray(piece), 0, length);
      sha256.update(piece, 0, length);
    }
    return Digest.of(sha256.digest());
  }

  private static @Nullable Digest values(Tensor tensor) throws IOException {
    if (!Decoder.decodes(tensor.type())) {
      return null;
    }
    MessageDigest sha256 = Digest.newSha256();
    Decoder decoder = new Decoder(tensor);
    float[] values = new float[1 << 16];
    ByteBuffer bytes =
        ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    long elements = tensor.elements();
    for (long at = 0; at < elements; at += values.length) {
      int count = (int) Math.min(values.length, elements - at);
      decoder.read(at, count, values, 0);
      bytes.clear().asFloatBuffer().put(values, 0, count);
      sha256.update(bytes.array(), 0, count * Float.BYTES);
    }
    return digest(VALUES, "", tensor, Digest.of(sha256.digest()));
  }

  private static Digest root(List<Named> tensors) {
    List<Digest> leaves = new ArrayList<>();
    for (Named named : tensors) {
      MessageDigest leaf = Digest.newSha256();
      leaf.update((byte) 0);
      leaf.update(named.digest().bytes());
      leaf.update((byte) ' ');
      leaf.update(named.tensor().name().getBytes(StandardCharsets.UTF_8));
      leaves.add(Digest.of(leaf.digest()));
    }
    return leaves.isEmpty() ? Digest.sha256(new byte[0]) : root(leaves, 0, leaves.size());
  }

  private static Digest root(List<Digest> leaves, int from, int to) {
    if (to - from == 1) {
      return leaves.get(from);
    }
    int left = Integer.highestOneBit(to - from - 1); // the largest power of two below the count
    MessageDigest node = Digest.newSha256();
    node.update((byte) 1);
    node.update(root(leaves, from, from + left).bytes());
    return Digest.of(node.digest(root(leaves, from + left, to).bytes()));
  }

  private static Digest multiset(List<Named> tensors) {
    MessageDigest sha256 = Digest.newSha256();
    sha256.update(MULTISET);
    tensors.stream().map(Named::digest).sorted().forEach(one -> sha256.update(one.bytes()));
    return Digest.of(sha256.digest());
  }
}
