package dev.vidimus.server.api;

import dev.vidimus.artifact.Digest;
import dev.vidimus.artifact.FormatException;
import dev.vidimus.evidence.CheckFailed;
import dev.vidimus.evidence.ledger.Entry;
import dev.vidimus.evidence.ledger.LogReader;
import dev.vidimus.evidence.ledger.Receipt;
import dev.vidimus.evidence.ledger.tlog.TileSource;
import dev.vidimus.registry.Registry;
import dev.vidimus.registry.home.KeyRing;
import dev.vidimus.server.http.Exchange;
import dev.vidimus.server.http.Handler;
import dev.vidimus.server.http.Operation;
import dev.vidimus.server.http.Problem;
import dev.vidimus.server.http.Route;
import dev.vidimus.server.http.Verb;
import dev.vidimus.server.identity.Permission;
import java.io.IOException;

/// The ledger, for whoever verifies it: checkpoint, receipts, envelopes.
final class LedgerResources {
  private final Registry registry;

  LedgerResources(Registry registry) {
    this.registry = registry;
  }

  void addTo(Api api) {
    add(
        api,
        "/ledger/checkpoint",
        "The signed note over all entries.",
        exchange ->
            exchange.send(200, "text/plain; charset=utf-8", required("checkpoint", "checkpoint")));
    add(
        api,
        "/ledger/entries/{index}",
        "An entry with its proof of inclusion, as a tlog-proof.",
        this::entry);
    add(
        api,
        "/ledger/envelopes/{digest}",
        "A signed statement, or another blob that one names.",
        this::envelope);
  }

  private static void add(Api api, String path, String summary, Handler handler) {
    api.raw(
        Route.of(
            Verb.GET,
            Api.BASE + path,
            Permission.READ,
            api.surface(),
            Operation.of(summary, ""),
            handler));
  }

  private byte[] required(String path, String what) throws IOException, Problem {
    byte[] bytes = registry.log().get(path);
    if (bytes == null) {
      throw Problem.notFound("the ledger has no " + what, "");
    }
    return bytes;
  }

  private void entry(Exchange exchange) throws IOException, FormatException, CheckFailed, Problem {
    String text = exchange.segment("index");
    TileSource log = registry.log();
    LogReader reader = LogReader.open(log, new KeyRing(registry.home()).logVerifier());
    long size = reader.checkpoint().checkpoint().size();
    long index;
    try {
      index = Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw Problem.badRequest(text + ": no index of an entry", "a number below " + size);
    }
    if (index < 0 || index >= size) {
      throw Problem.notFound("no entry " + index, "there are " + size);
    }
    Receipt receipt = reader.prove(index);
    exchange.send(200, "text/plain; charset=utf-8", receipt.toString());
  }

  private void envelope(Exchange exchange)
      throws IOException, FormatException, CheckFailed, Problem {
    String digest = exchange.segment("digest");
    if (!digest.matches("sha256:[0-9a-f]{64}")) {
      throw Problem.badRequest(digest + ": no digest", "sha256: and 64 hex digits");
    }
    exchange.send(
        200,
        "application/octet-stream",
        required(
            Entry.envelopePath(Digest.ofHex(digest.substring("sha256:".length()))),
            "envelope " + digest));
  }
}
