package dev.vidimus.registry.hub;

import dev.vidimus.artifact.FormatException;
import dev.vidimus.registry.intake.Fetched;
import dev.vidimus.registry.intake.NewTree;
import dev.vidimus.registry.intake.Refusal;
import dev.vidimus.registry.intake.Room;
import dev.vidimus.registry.intake.Staging;
import dev.vidimus.registry.statement.Intake;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// A model of a hub, taken in at one commit: every file has the size and the hash that the hub's
/// list declares, and there is no other file.
public final class HubSource {
  private final HubAddress address;
  private final Connection connection;
  private final HubLimits limits;
  private final Progress progress;

  private HubSource(
      HubAddress address, Connection connection, HubLimits limits, Progress progress) {
    this.address = address;
    this.connection = connection;
    this.limits = limits;
    this.progress = progress;
  }

  /// Downloads a model.
  ///
  /// @param token for the configured hub; empty if there is none
  /// @param allowPrivate whether hosts of the own network may be talked to
  /// @throws Refusal if the hub refuses, or says what cannot be taken; nothing is kept then
  /// @throws IOException if the hub cannot be reached, or its connections keep breaking
  public static Fetched fetch(
      HubAddress address, String token, boolean allowPrivate, Progress progress, Staging staging)
      throws IOException {
    return fetch(address, token, allowPrivate, progress, staging, HubLimits.DEFAULT);
  }

  /// The same with other limits than [HubLimits#DEFAULT].
  public static Fetched fetch(
      HubAddress address,
      String token,
      boolean allowPrivate,
      Progress progress,
      Staging staging,
      HubLimits limits)
      throws IOException {
    Connection.requireToken(token);
    Reach reach = Reach.of(address.hub(), allowPrivate);
    try (Connection connection = new Connection(address, token, reach, limits)) {
      return new HubSource(address, connection, limits, progress).fetch(staging);
    } catch (FormatException e) {
      throw new Refusal(
          address.location() + ": the hub's answer cannot be read: " + e.getMessage(), "");
    }
  }

  private Fetched fetch(Staging staging) throws IOException, FormatException {
    HubList list = HubList.of(address, connection, limits);
    List<HubFile> files = list.files();
    NewTree tree = new NewTree(staging.tree());
    for (HubFile file : files) {
      tree.announce(file.path());
    }
    long all = list.size();
    Room.require(staging.tree(), all);
    Counter counter = new Counter(all);
    List<Intake.Upstream> hashes = new ArrayList<>();
    for (HubFile file : files) {
      new Download(connection, limits, file, list.url(file), list.commit(), counter).into(tree);
      hashes.add(new Intake.Upstream(file.path(), file.algorithm(), file.hash()));
    }
    return new Fetched(
        tree.root(),
        new Intake.Source("hub", address.location(), list.commit(), hashes),
        address.repository(),
        Map.of("hub-commit", "gitCommit:" + list.commit()));
  }

  private final class Counter implements Download.Arrived {
    private final long all;
    private long done;

    Counter(long all) {
      this.all = all;
    }

    @Override
    public void bytes(long count) {
      done += count;
      progress.arrived(done, all);
    }
  }
}
