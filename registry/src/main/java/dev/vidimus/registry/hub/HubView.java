package dev.vidimus.registry.hub;

import dev.vidimus.artifact.Bytes;
import dev.vidimus.artifact.FormatException;
import dev.vidimus.artifact.PathOrder;
import dev.vidimus.artifact.Snapshot;
import dev.vidimus.registry.intake.Refusal;
import dev.vidimus.registry.intake.TreeNames;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/// A model of a hub that is looked at where it is, at one commit: of each file only those ranges
/// come that somebody reads.
public final class HubView implements Closeable {
  private static final Path NOWHERE = Path.of("");

  private final Connection connection;
  private final HubLimits limits;
  private final HubList list;
  private final Map<String, HubFile> files = new HashMap<>();
  private final AtomicLong fetched = new AtomicLong();

  private HubView(Connection connection, HubLimits limits, HubList list) {
    this.connection = connection;
    this.limits = limits;
    this.list = list;
  }

  /// Asks a hub what there is.
  ///
  /// @param token for the configured hub; empty if there is none
  /// @param allowPrivate whether hosts of the own network may be talked to
  /// @throws Refusal if the hub refuses, or says what cannot be looked at
  /// @throws IOException if the hub cannot be reached
  public static HubView open(HubAddress address, String token, boolean allowPrivate)
      throws IOException {
    return open(address, token, allowPrivate, HubLimits.DEFAULT);
  }

  static HubView open(HubAddress address, String token, boolean allowPrivate, HubLimits limits)
      throws IOException {
    Connection.requireToken(token);
    Reach reach = Reach.of(address.hub(), allowPrivate);
    Connection connection = new Connection(address, token, reach, limits);
    try {
      HubView view = new HubView(connection, limits, HubList.of(address, connection, limits));
      view.check();
      return view;
    } catch (FormatException e) {
      connection.close();
      throw new Refusal(
          address.location() + ": the hub's answer cannot be read: " + e.getMessage(), "");
    } catch (IOException | RuntimeException e) {
      connection.close();
      throw e;
    }
  }

  /// Names are held to the same rules as when files are written.
  private void check() throws Refusal {
    TreeNames names = new TreeNames();
    for (HubFile file : list.files()) {
      names.announce(file.path());
      files.put(file.path(), file);
    }
  }

  /// The commit at which everything is read: 40 hex digits.
  public String commit() {
    return list.commit();
  }

  /// Paths and sizes; the files are opened by [#open] and not by their entries.
  public Snapshot snapshot() {
    List<Snapshot.Entry> entries = new ArrayList<>();
    for (HubFile file : list.files()) {
      entries.add(new Snapshot.Entry(file.path(), file.size(), NOWHERE));
    }
    entries.sort((a, b) -> PathOrder.compareAsUtf8(a.path(), b.path()));
    return new Snapshot(Path.of("."), entries, List.of());
  }

  /// Opens a file; nothing of it comes before it is read.
  public Bytes open(Snapshot.Entry entry) throws IOException {
    HubFile file = files.get(entry.path());
    if (file == null) {
      throw new IOException(entry.path() + ": is not in the hub's list");
    }
    return new RangeBytes(connection, limits, file, list.url(file), list.commit(), fetched);
  }

  /// Bytes of files that came so far.
  public long fetched() {
    return fetched.get();
  }

  /// Bytes of all files.
  ///
  /// @throws Refusal if they are more than a number holds
  public long size() throws Refusal {
    return list.size();
  }

  @Override
  public void close() {
    connection.close();
  }
}
