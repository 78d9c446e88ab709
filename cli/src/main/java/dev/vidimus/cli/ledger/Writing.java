package dev.vidimus.cli.ledger;

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
import dev.vidimus.evidence.ledger.LedgerKeys;
import dev.vidimus.evidence.ledger.Receipt;
import dev.vidimus.evidence.ledger.StorageConflict;
import dev.vidimus.evidence.ledger.note.Checkpoint;
import dev.vidimus.evidence.ledger.note.Note;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/// `init` and `append`.
final class Writing {
  private final Host host;
  private final Places places;
  private final Arguments arguments;

  Writing(Host host, Places places, Arguments arguments) {
    this.host = host;
    this.places = places;
    this.arguments = arguments;
  }

  ExitCode init(List<String> rest) throws IOException, UsageException, FormatException {
    String origin = arguments.value(LedgerCommand.ORIGIN);
    if (!rest.isEmpty() || origin == null || !Note.isName(origin)) {
      throw new UsageException(
          "vidimus ledger init takes --origin NAME, without spaces and plus signs",
          "vidimus ledger init --origin ledger.example.com/models --key log.pem");
    }
    if (!Files.exists(places.key())) {
      throw new UsageException(
          "there is no key " + places.key(), "vidimus key new --type ed25519 " + places.key());
    }
    LedgerKeys keys = places.keys(origin);
    try {
      new LedgerCommands(places.ledger()).init(keys, InstantSource.system());
    } catch (StorageConflict e) {
      throw new IOException(places.ledger() + ": there is a ledger already", e);
    }
    String vkey = keys.log().verifier().vkey();
    Path file = Places.vkeyBeside(places.key());
    Files.writeString(file, vkey + "\n");
    host.print(
        isJson()
            ? new JsonWriter()
                    .object()
                    .name("schema")
                    .string("vidimus.ledger-init/1")
                    .name("ledger")
                    .string(places.ledger().toString())
                    .name("origin")
                    .string(origin)
                    .name("logKey")
                    .string(vkey)
                    .endObject()
                + "\n"
            : "ledger " + places.ledger() + " of " + origin + "\nlog key " + vkey + "\n");
    host.tell("hint: keep the log key (" + file + ") where the log is not\n");
    return ExitCode.YES;
  }

  ExitCode append(List<String> rest)
      throws IOException, UsageException, FormatException, CheckFailed {
    String receipt = arguments.value(LedgerCommand.RECEIPT);
    if (rest.isEmpty() || (receipt != null && rest.size() > 1)) {
      throw new UsageException(
          "vidimus ledger append takes FILE…, and --receipt with one only", "");
    }
    List<Entry> entries = new ArrayList<>();
    List<byte[]> envelopes = new ArrayList<>();
    for (String name : rest) {
      byte[] envelope = SmallFile.read(host.folder().resolve(name), SmallFile.ENVELOPE);
      entries.add(entry(envelope, name));
      envelopes.add(envelope);
    }
    LedgerKeys keys = places.keys(origin());
    List<Receipt> receipts =
        new LedgerCommands(places.ledger())
            .append(keys, InstantSource.system(), entries, envelopes);
    for (int i = 0; i < rest.size(); i++) {
      Path file =
          receipt == null
              ? host.folder().resolve(rest.get(i) + ".tlog-proof")
              : host.folder().resolve(receipt);
      Files.writeString(file, receipts.get(i).toString());
      host.print(line(rest.get(i), entries.get(i), receipts.get(i), file));
    }
    return ExitCode.YES;
  }

  private String line(String name, Entry entry, Receipt receipt, Path file) {
    if (!isJson()) {
      return name + ": entry " + receipt.index() + ", " + entry.envelope() + "\n";
    }
    JsonWriter json = new JsonWriter().object().name("schema").string("vidimus.ledger-append/1");
    json.name("file").string(name).name("index").number(receipt.index());
    json.name("envelope").string(entry.envelope().toString());
    return json.name("receipt").string(file.toString()).endObject() + "\n";
  }

  private Entry entry(byte[] envelope, String name) throws IOException, FormatException {
    Signed signed = Signed.read(envelope, name);
    String type = arguments.value(LedgerCommand.TYPE);
    String actor = arguments.value(LedgerCommand.ACTOR);
    try {
      return Entry.about(
          envelope,
          type == null ? signed.type() : type,
          Instant.now(),
          actor == null ? "cli" : actor,
          signed.subjects());
    } catch (IllegalArgumentException e) {
      throw new FormatException.Malformed(name, 0, String.valueOf(e.getMessage()));
    }
  }

  /// The name of the log that is there.
  private String origin() throws IOException, FormatException {
    Path checkpoint = places.ledger().resolve("checkpoint");
    byte[] bytes;
    try {
      bytes = SmallFile.read(checkpoint, SmallFile.PAGES);
    } catch (NoSuchFileException e) {
      throw new IOException(
          places.ledger() + ": there is no ledger; vidimus ledger init begins one", e);
    }
    String source = checkpoint.toString();
    return Checkpoint.parse(Note.parse(bytes, source).text(), source).origin();
  }

  private boolean isJson() {
    return "json".equals(arguments.value(LedgerCommand.FORMAT));
  }
}
