package dev.vidimus.cli.inventory;

import dev.vidimus.artifact.FormatException;
import dev.vidimus.cli.args.Arguments;
import dev.vidimus.cli.args.UsageException;
import dev.vidimus.cli.host.Host;
import dev.vidimus.cli.registry.Opened;
import dev.vidimus.evidence.CheckFailed;
import dev.vidimus.inventory.bom.Bill;
import dev.vidimus.registry.Registry;
import dev.vidimus.registry.question.Artifact;
import dev.vidimus.registry.question.Bills;
import dev.vidimus.registry.question.CurrentBill;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// Bills of materials that were written when artifacts were admitted.
final class RegisteredBill {
  private RegisteredBill() {}

  /// The bill of an artifact of this user's registry.
  ///
  /// @param isSigned whether it is wanted as it was signed at admission, without what was recorded
  ///     since
  /// @throws UsageException if there is no registry, or no such artifact in it
  /// @throws IOException if the artifact was admitted before bills were written
  static Bill read(Host host, Arguments arguments, String ref, boolean isSigned)
      throws IOException, FormatException, UsageException {
    Registry registry = new Opened(host, arguments).registry();
    try {
      Artifact artifact = registry.resolve(ref);
      @Nullable Bill bill =
          registry.ask(
              sql ->
                  isSigned
                      ? new Bills(sql, registry.log()).of(artifact.snapshot())
                      : new CurrentBill(sql, registry.log()).of(artifact.snapshot()));
      if (bill == null) {
        throw new IOException(
            artifact.label() + ": was admitted without a bill of materials; admit it again");
      }
      return bill;
    } catch (CheckFailed e) {
      throw new IOException("the ledger: " + e.getMessage(), e);
    }
  }
}
