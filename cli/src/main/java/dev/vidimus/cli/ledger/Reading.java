package dev.vidimus.cli.ledger;

import dev.vidimus.artifact.Digest;
import dev.vidimus.artifact.FormatException;
import dev.vidimus.cli.args.Arguments;
import dev.vidimus.cli.args.Option;
import dev.vidimus.cli.args.UsageException;
import dev.vidimus.cli.host.ExitCode;
import dev.vidimus.cli.host.Host;
import dev.vidimus.cli.host.SmallFile;
import dev.vidimus.evidence.CheckFailed;
import dev.vidimus.evidence.ledger.LedgerCommands;
import dev.vidimus.evidence.ledger.Receipt;
import dev.vidimus.evidence.ledger.Witness;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `prove`, `export` and `witness-check`.
final class Reading {
  private final Host host;
  private final Places places;
  private final Arguments arguments;

  Reading(Host host, Places places, Arguments arguments) {
    this.host = host;
    this.places = places;
    this.arguments = arguments;
  }

  ExitCode prove(List<String> rest)
      throws IOException, UsageException, FormatException, CheckFailed {
    if (rest.size() != 1) {
      throw new UsageException(
          "vidimus ledger prove takes the INDEX of an entry, or sha256:HEX of its envelope", "");
    }
    String which = rest.getFirst();
    LedgerCommands ledger = new LedgerCommands(places.ledger());
    long index;
    if (which.startsWith("sha256:")) {
      index = ledger.find(places.logKey(), digest(which));
      if (index < 0) {
        throw new IOException("no entry of this ledger names the envelope " + which);
      }
    } else {
      index = number(which);
    }
    Receipt receipt = ledger.prove(places.logKey(), index);
    Path output = path(LedgerCommand.OUTPUT);
    if (output == null) {
      host.print(receipt.toString());
    } else {
      Files.writeString(output, receipt.toString());
    }
    return ExitCode.YES;
  }

  private static Digest digest(String text) throws UsageException {
    try {
      return Digest.ofHex(text.substring("sha256:".length()));
    } catch (IllegalArgumentException e) {
      throw new UsageException("no digest: " + text, "");
    }
  }

  private static long number(String text) throws UsageException {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw new UsageException("an index is a number, not \"" + text + "\"", "");
    }
  }

  ExitCode export(List<String> rest)
      throws IOException, UsageException, FormatException, CheckFailed {
    if (!rest.isEmpty()) {
      throw new UsageException("vidimus ledger export takes options only", "");
    }
    LedgerCommands ledger = new LedgerCommands(places.ledger());
    Path output = path(LedgerCommand.OUTPUT);
    try (OutputStream out = output == null ? new Printed(host) : Files.newOutputStream(output)) {
      if (arguments.has(LedgerCommand.CHECKPOINT)) {
        out.write(ledger.checkpoint(places.logKey()).note().bytes());
      } else {
        ledger.export(places.logKey(), out);
      }
    }
    return ExitCode.YES;
  }

  /// Standard output as a stream of whole entries, all of them ASCII.
  private static final class Printed extends OutputStream {
    private final Host host;
    private final StringBuilder held = new StringBuilder();

    Printed(Host host) {
      this.host = host;
    }

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      held.append(new String(bytes, offset, length, StandardCharsets.UTF_8));
      if (held.length() > 1 << 16) {
        flush();
      }
    }

    @Override
    public void flush() throws IOException {
      host.print(held.toString());
      held.setLength(0);
    }

    @Override
    public void close() throws IOException {
      flush();
    }
  }

  ExitCode witnessCheck(List<String> rest)
      throws IOException, UsageException, FormatException, CheckFailed {
    if (rest.size() != 1) {
      throw new UsageException("vidimus ledger witness-check takes the file of one REQUEST", "");
    }
    Path latest = path(LedgerCommand.LATEST);
    Witness.Answer answer =
        LedgerCommands.witnessCheck(
            SmallFile.read(host.folder().resolve(rest.getFirst()), SmallFile.PAGES),
            places.logKey(),
            latest == null ? null : SmallFile.read(latest, SmallFile.PAGES));
    return switch (answer) {
      case Witness.Answer.Cosign cosign -> {
        host.print(
            "200 cosign: " + cosign.checkpoint().checkpoint().size() + " entries, and it grew\n");
        yield ExitCode.YES;
      }
      case Witness.Answer.Conflict(long size, String reason) -> {
        host.print("409 conflict: " + reason + "; cosigned last: " + size + "\n");
        yield ExitCode.NO;
      }
      case Witness.Answer.Refuse(int status, String reason) -> {
        host.print(status + " refused: " + reason + "\n");
        yield ExitCode.NO;
      }
    };
  }

  private @Nullable Path path(Option option) {
    String given = arguments.value(option);
    return given == null ? null : host.folder().resolve(given);
  }
}
