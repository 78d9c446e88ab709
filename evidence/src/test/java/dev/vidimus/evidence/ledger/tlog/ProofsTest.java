package dev.vidimus.evidence.ledger.tlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vidimus.artifact.Digest;
import dev.vidimus.evidence.CheckFailed;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Proofs over every tree size up to a bound, against a tree made by definition.
final class ProofsTest {
  private static final int BOUND = 70; // past 64, so that every shape of the top occurs
  private final ReferenceTree tree = new ReferenceTree(BOUND);
  private final Proofs proofs = new Proofs(tree);

  @Test
  void everyLeafOfEveryTreeIsProvedAndNoOther() throws Exception {
    for (int size = 1; size <= BOUND; size++) {
      Digest root = tree.root(0, size);
      assertThat(proofs.root(size)).isEqualTo(root);
      for (int index = 0; index < size; index++) {
        List<Digest> path = proofs.inclusion(index, size);
        Inclusion.require(tree.leaf(index), index, size, path, root);
        refuses(tree.leaf((index + 1) % BOUND), index, size, path, root);
        refuses(tree.leaf(index), index + 1, size, path, root);
        refuses(tree.leaf(index), index, size, longer(path), root);
      }
    }
  }

  private static void refuses(Digest leaf, long index, long size, List<Digest> path, Digest root) {
    assertThatThrownBy(() -> Inclusion.require(leaf, index, size, path, root))
        .isInstanceOf(CheckFailed.class);
  }

  private static List<Digest> longer(List<Digest> path) {
    List<Digest> longer = new ArrayList<>(path);
    longer.add(Merkle.EMPTY);
    return longer;
  }

  @Test
  void everyTreeIsProvedToBeginEveryLarger() throws Exception {
    for (int newer = 1; newer <= BOUND; newer++) {
      Digest newRoot = tree.root(0, newer);
      for (int older = 1; older <= newer; older++) {
        Digest oldRoot = tree.root(0, older);
        List<Digest> proof = proofs.consistency(older, newer);
        Consistency.require(older, newer, oldRoot, newRoot, proof);
        long first = older;
        long second = newer;
        assertThatThrownBy(() -> Consistency.require(first, second, Merkle.EMPTY, newRoot, proof))
            .isInstanceOf(CheckFailed.class);
        assertThatThrownBy(
                () -> Consistency.require(first, second, oldRoot, newRoot, longer(proof)))
            .isInstanceOf(CheckFailed.class);
      }
    }
  }

  @Test
  void aConsistencyProofIsThatOfTheSubtreeThatBeginsTheLog() throws Exception {
    for (int size = 1; size <= BOUND; size++) {
      for (int end = 1; end <= size; end++) {
        Subtree.requireConsistency(
            0, end, size, proofs.consistency(end, size), tree.root(0, end), tree.root(0, size));
      }
    }
  }

  @Test
  void pathsAreAsShortAsTheTreeIsHigh() throws Exception {
    for (int size = 1; size <= BOUND; size++) {
      for (int index = 0; index < size; index++) {
        int height = Integer.SIZE - Integer.numberOfLeadingZeros(size - 1);
        assertThat(proofs.inclusion(index, size)).hasSizeLessThanOrEqualTo(height);
      }
    }
  }

  @Test
  void anOlderTreeThatIsLargerIsRefusedByItsSize() {
    assertThatThrownBy(() -> Consistency.require(3, 2, Merkle.EMPTY, Merkle.EMPTY, List.of()))
        .hasMessage("consistency proof: expected an older size of at most 2, found 3");
  }

  @Test
  void theLargestSizesDoNotOverflow() {
    List<Digest> path = new ArrayList<>();
    for (int i = 0; i < 63; i++) {
      path.add(Merkle.EMPTY);
    }
    assertThatThrownBy(
            () ->
                Inclusion.require(
                    Merkle.EMPTY, Long.MAX_VALUE - 1, Long.MAX_VALUE, path, Merkle.EMPTY))
        .isInstanceOf(CheckFailed.class);
    assertThatCode(() -> Tile.holding(7, 127, Long.MAX_VALUE)).doesNotThrowAnyException();
  }
}
