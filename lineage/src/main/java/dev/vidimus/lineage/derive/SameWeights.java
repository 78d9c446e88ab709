package dev.vidimus.lineage.derive;

import dev.vidimus.artifact.Digest;
import dev.vidimus.lineage.tensors.Tensor;
import dev.vidimus.lineage.tensors.TensorDigests;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The same tensors under the same names, whatever container and shards they lie in.
final class SameWeights {
  static final String WORD = "same-weights";

  private SameWeights() {}

  static Outcome check(Claim claim, Meter meter) throws IOException {
    Judgement judgement = new Judgement(WORD, claim.child());
    judgement.read(claim.child().bytes() + claim.parent().bytes());
    Pairs pairs = Pairs.of(claim.child(), claim.parent());
    List<Job> jobs = new ArrayList<>();
    List<Tensor> off = new ArrayList<>(pairs.extra());
    List<Tensor> wanted = new ArrayList<>(pairs.missing());
    for (Pairs.Pair pair : pairs.common()) {
      Tensor child = pair.child();
      Tensor source = pair.source();
      if (!child.shape().equals(source.shape())) {
        judgement.against(
            Reason.TENSOR_SHAPE, child.name(), child.shape() + " instead of " + source.shape());
      } else if (child.type() != source.type()) {
        judgement.against(
            Reason.TENSOR_TYPE,
            child.name(),
            child.type().word() + " instead of " + source.type().word());
      } else {
        jobs.add(BytesRule.job(child, source));
      }
    }
    List<Tally> tallies = Sweep.run(jobs, meter);
    Map<String, Tally> differing = new HashMap<>();
    for (int i = 0; i < jobs.size(); i++) {
      if (!tallies.get(i).isClean()) {
        Tensor child = jobs.get(i).child();
        differing.put(child.name(), tallies.get(i));
        off.add(child);
        Tensor source = claim.parent().tensor(child.name());
        if (source != null) {
          wanted.add(source);
        }
      }
    }
    Map<String, String> moved = moved(off, wanted);
    Set<String> explained = new HashSet<>(moved.values());
    for (Tensor tensor : off) {
      String owner = moved.get(tensor.name());
      Tally tally = differing.get(tensor.name());
      if (owner != null) {
        judgement.against(
            Reason.TENSOR_NAME, tensor.name(), "holds what the source calls " + owner);
      } else if (tally != null) {
        judgement.against(Reason.TENSOR_VALUE, tensor, tally, difference(claim, tensor));
      }
    }
    pairs.broken().forEach(tensor -> explained.remove(tensor.name()));
    new Pairs(
            pairs.common(),
            pairs.extra().stream().filter(tensor -> !moved.containsKey(tensor.name())).toList(),
            pairs.missing().stream().filter(tensor -> !explained.contains(tensor.name())).toList(),
            pairs.broken())
        .judge(judgement);
    return judgement.outcome(Reason.BIT_EXACT);
  }

  /// How a tensor differs: an edit of a matrix by a product of thin ones is told by its rank.
  private static String difference(Claim claim, Tensor child) throws IOException {
    Tensor source = claim.parent().tensor(child.name());
    Spectrum spectrum = source == null ? null : Spectrum.of(child, source);
    return spectrum == null || spectrum.rank() == 0
        ? "bytes differ"
        : "bytes differ: an edit of rank " + spectrum.rank();
  }

  /// Tensors that hold exactly what the source has under another name: by their digests.
  private static Map<String, String> moved(List<Tensor> off, List<Tensor> wanted)
      throws IOException {
    Map<String, String> moved = new HashMap<>();
    if (off.isEmpty() || wanted.isEmpty()) {
      return moved;
    }
    Map<Digest, String> owners = new HashMap<>();
    List<Digest> digests = TensorDigests.digests(wanted);
    for (int i = 0; i < wanted.size(); i++) {
      owners.putIfAbsent(digests.get(i), wanted.get(i).name());
    }
    List<Digest> own = TensorDigests.digests(off);
    for (int i = 0; i < off.size(); i++) {
      String owner = owners.get(own.get(i));
      if (owner != null && !owner.equals(off.get(i).name())) {
        moved.put(off.get(i).name(), owner);
      }
    }
    return moved;
  }
}
