package dev.vidimus.server.pages;

import dev.vidimus.artifact.Digest;
import dev.vidimus.artifact.FormatException;
import dev.vidimus.artifact.Printable;
import dev.vidimus.evidence.CheckFailed;
import dev.vidimus.evidence.ledger.LogReader;
import dev.vidimus.evidence.ledger.Receipt;
import dev.vidimus.evidence.ledger.note.VerifierKey;
import dev.vidimus.evidence.ledger.tlog.TileSource;
import dev.vidimus.registry.Registry;
import dev.vidimus.registry.home.KeyRing;
import dev.vidimus.registry.question.Chain;
import dev.vidimus.registry.statement.Sealing;
import dev.vidimus.server.http.Exchange;
import dev.vidimus.server.http.Problem;
import dev.vidimus.server.pages.jte.JteentryGenerated;
import dev.vidimus.server.pages.jte.JteledgerGenerated;
import dev.vidimus.server.pages.model.Entry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// The ledger: its checkpoint, and one entry with its proof, verified for the page.
final class LedgerPages {
  private static final int LISTED = 50;

  private final Registry registry;
  private final Pages pages;

  LedgerPages(Registry registry, Pages pages) {
    this.registry = registry;
    this.pages = pages;
  }

  void ledger(Exchange exchange) throws IOException, FormatException, CheckFailed {
    LogReader.open(registry.log(), new KeyRing(registry.home()).logVerifier());
    byte[] note = registry.log().get("checkpoint");
    String checkpoint = note == null ? "" : new String(note, StandardCharsets.UTF_8);
    List<Chain.Said> last = registry.ask(sql -> new Chain(sql).lastStatements(LISTED));
    pages.show(
        exchange,
        pages.frame(exchange, "Ledger", "Ledger"),
        (out, frame) -> JteledgerGenerated.render(out, null, frame, checkpoint, last));
  }

  void entry(Exchange exchange) throws IOException, FormatException, CheckFailed, Problem {
    VerifierKey key = new KeyRing(registry.home()).logVerifier();
    TileSource log = registry.log();
    LogReader reader = LogReader.open(log, key);
    long size = reader.checkpoint().checkpoint().size();
    long index = index(exchange.segment("index"), size);
    Receipt receipt = reader.prove(index);
    var logged = receipt.requireLogged(key);
    byte[] envelope = log.get(dev.vidimus.evidence.ledger.Entry.envelopePath(logged.envelope()));
    if (envelope == null || !Digest.sha256(envelope).equals(logged.envelope())) {
      throw new CheckFailed("envelope", logged.envelope().toString(), "none or another");
    }
    Entry entry =
        new Entry(
            index,
            size,
            reader.checkpoint().checkpoint().root().toString(),
            logged.type(),
            pages.name(logged.actor()),
            logged.time().toString(),
            logged.envelope().toString(),
            Indented.json(
                new String(
                    Sealing.unverified(envelope, "entry " + index).bytes(),
                    StandardCharsets.UTF_8)),
            receipt.toString());
    pages.show(
        exchange,
        pages.frame(exchange, "Entry " + index, "Ledger"),
        (out, frame) -> JteentryGenerated.render(out, null, frame, entry));
  }

  private static long index(String text, long size) throws Problem {
    try {
      long index = Long.parseLong(text);
      if (index >= 0 && index < size) {
        return index;
      }
    } catch (NumberFormatException e) {
      // Said below.
    }
    throw Problem.notFound("no entry " + Printable.of(text, 40), "there are " + size);
  }
}
