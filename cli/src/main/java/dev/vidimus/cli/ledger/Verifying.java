package dev.vidimus.cli.ledger;

import dev.vidimus.artifact.Digest;
import dev.vidimus.artifact.FormatException;
import dev.vidimus.artifact.json.JsonWriter;
import dev.vidimus.cli.args.Arguments;
import dev.vidimus.cli.args.UsageException;
import dev.vidimus.cli.host.ExitCode;
import dev.vidimus.cli.host.Host;
import dev.vidimus.cli.host.SmallFile;
import dev.vidimus.evidence.CheckFailed;
import dev.vidimus.evidence.ledger.Entry;
import dev.vidimus.evidence.ledger.LedgerCommands;
import dev.vidimus.evidence.ledger.Receipt;
import dev.vidimus.evidence.ledger.note.Checkpoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `verify`: of a whole log, or of one receipt without the log.
final class Verifying {
  private final Host host;
  private final Places places;
  private final Arguments arguments;

  Verifying(Host host, Places places, Arguments arguments) {
    this.host = host;
    this.places = places;
    this.arguments = arguments;
  }

  ExitCode run(List<String> rest) throws IOException, UsageException, FormatException {
    if (!rest.isEmpty()) {
      throw new UsageException("vidimus ledger verify takes options only", "");
    }
    String receipt = arguments.value(LedgerCommand.RECEIPT);
    try {
      return receipt == null ? log() : receipt(host.folder().resolve(receipt));
    } catch (CheckFailed e) {
      refuse(e);
      return ExitCode.NO;
    }
  }

  private ExitCode log() throws IOException, UsageException, FormatException, CheckFailed {
    List<byte[]> saved = new ArrayList<>();
    for (String file : arguments.values(LedgerCommand.AGAINST)) {
      saved.add(SmallFile.read(host.folder().resolve(file), SmallFile.PAGES));
    }
    Path ledger = places.ledger();
    if (!Files.isDirectory(ledger)) {
      throw new IOException(ledger + ": there is no ledger; vidimus ledger init begins one");
    }
    Checkpoint checkpoint = new LedgerCommands(ledger).verify(places.logKey(), saved).checkpoint();
    tell(checkpoint, null);
    return ExitCode.YES;
  }

  private ExitCode receipt(Path file)
      throws IOException, UsageException, FormatException, CheckFailed {
    Receipt receipt = Receipt.parse(SmallFile.read(file, SmallFile.PAGES), file.toString());
    Entry entry = receipt.requireLogged(places.logKey());
    String envelope = arguments.value(LedgerCommand.ENVELOPE);
    if (envelope != null) {
      Digest found =
          Digest.sha256(SmallFile.read(host.folder().resolve(envelope), SmallFile.ENVELOPE));
      if (!found.equals(entry.envelope())) {
        throw new CheckFailed("envelope", entry.envelope().toString(), found.toString());
      }
    }
    tell(Checkpoint.parse(receipt.note().text(), file.toString()), receipt);
    return ExitCode.YES;
  }

  private void tell(Checkpoint checkpoint, @Nullable Receipt receipt) throws IOException {
    String what = receipt == null ? "" : "entry " + receipt.index() + " is among ";
    if (!isJson()) {
      host.print(
          "verified: "
              + what
              + checkpoint.size()
              + " entries of "
              + checkpoint.origin()
              + "\nroot "
              + checkpoint.root()
              + "\n");
      return;
    }
    JsonWriter json = json(true);
    json.name("origin").string(checkpoint.origin()).name("size").number(checkpoint.size());
    json.name("root").string(checkpoint.root().toString());
    if (receipt != null) {
      json.name("index").number(receipt.index());
    }
    host.print(json.endObject() + "\n");
  }

  private void refuse(CheckFailed failed) throws IOException {
    if (!isJson()) {
      host.print("refused: " + failed.getMessage() + "\n");
      return;
    }
    JsonWriter json = json(false).name("step").string(failed.step());
    json.name("expected").string(failed.expected()).name("found").string(failed.found());
    host.print(json.endObject() + "\n");
  }

  private static JsonWriter json(boolean verified) {
    return new JsonWriter()
        .object()
        .name("schema")
        .string("vidimus.ledger-verify/1")
        .name("verified")
        .bool(verified);
  }

  private boolean isJson() {
    return "json".equals(arguments.value(LedgerCommand.FORMAT));
  }
}
