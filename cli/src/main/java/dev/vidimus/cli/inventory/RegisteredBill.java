package dev.vidimus.cli.inventory;

import dev.vidimus.artifact.Bytes;
import dev.vidimus.artifact.FormatException;
import dev.vidimus.cli.args.Arguments;
import dev.vidimus.cli.args.UsageException;
import dev.vidimus.cli.host.Host;
import dev.vidimus.cli.registry.Opened;
import dev.vidimus.evidence.CheckFailed;
import dev.vidimus.inventory.bom.BillReader;
import dev.vidimus.registry.Registry;
import dev.vidimus.registry.question.Artifact;
import dev.vidimus.registry.question.Bills;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// Bills of materials that were written when artifacts were admitted.
final class RegisteredBill {
  private RegisteredBill() {}

  /// The bill of an artifact of this user's registry.
  ///
  /// @throws UsageException if there is no registry, or no such artifact in it
  /// @throws IOException if the artifact was admitted before bills were written
  static BillReader.Read read(Host host, Arguments arguments, String ref)
      throws IOException, FormatException, UsageException {
    Registry registry = new Opened(host, arguments).registry();
    try {
      Artifact artifact = registry.resolve(ref);
      @Nullable String text =
          registry.ask(sql -> new Bills(sql, registry.log()).text(artifact.snapshot()));
      if (text == null) {
        throw new IOException(
            artifact.label() + ": was admitted without a bill of materials; admit it again");
      }
      return BillReader.read(Bytes.of(text.getBytes(StandardCharsets.UTF_8)), artifact.label());
    } catch (CheckFailed e) {
      throw new IOException("the ledger: " + e.getMessage(), e);
    }
  }
}
