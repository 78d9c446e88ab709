package dev.vidimus.registry.hub;

import dev.vidimus.artifact.FormatException;
import dev.vidimus.artifact.Printable;
import dev.vidimus.registry.intake.Fetched;
import dev.vidimus.registry.intake.NewTree;
import dev.vidimus.registry.intake.Refusal;
import dev.vidimus.registry.intake.Room;
import dev.vidimus.registry.intake.Staging;
import dev.vidimus.registry.statement.Intake;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A model of a hub, taken in at one commit: every file has the size and the hash that the hub's
/// list declares, and there is no other file.
public final class HubSource {
  private static final Pattern NEXT = Pattern.compile("<([^<>]*)>\\s*;[^,<]*\\brel=\"?next\\b");
  private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{40}");
  private static final int PRINTED = 200;

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

  static Fetched fetch(
      HubAddress address,
      String token,
      boolean allowPrivate,
      Progress progress,
      Staging staging,
      HubLimits limits)
      throws IOException {
    if (!token.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
      throw new Refusal("HF_TOKEN has characters that no token has", "");
    }
    Reach reach = Reach.of(address.hub(), allowPrivate);
    try (Connection connection = new Connection(address, token, reach, limits)) {
      return new HubSource(address, connection, limits, progress).fetch(staging);
    } catch (FormatException e) {
      throw new Refusal(
          address.location() + ": the hub's answer cannot be read: " + e.getMessage(), "");
    }
  }

  private Fetched fetch(Staging staging) throws IOException, FormatException {
    String commit = commit();
    List<HubFile> files = files(commit);
    NewTree tree = new NewTree(staging.tree());
    for (HubFile file : files) {
      tree.announce(file.path());
    }
    long all = sum(files);
    Room.require(staging.tree(), all);
    Counter counter = new Counter(all);
    List<Intake.Upstream> hashes = new ArrayList<>();
    for (HubFile file : files) {
      URI url = url("/" + address.repository() + "/resolve/" + commit + "/" + path(file.path()));
      new Download(connection, limits, file, url, commit, counter).into(tree);
      hashes.add(new Intake.Upstream(file.path(), file.algorithm(), file.hash()));
    }
    return new Fetched(
        tree.root(),
        new Intake.Source("hub", address.location(), commit, hashes),
        address.repository(),
        Map.of("hub-commit", "gitCommit:" + commit));
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

  private String commit() throws IOException, FormatException {
    String revision = address.revision();
    URI url = url("/api/models/" + address.repository() + "/revision/" + part(revision));
    String commit = HubPages.commit(connection.page(url).content());
    if (COMMIT.matcher(revision).matches() && !revision.equals(commit)) {
      throw new Refusal(address.location() + ": the hub says that this commit is " + commit, "");
    }
    return commit;
  }

  private List<HubFile> files(String commit) throws IOException, FormatException {
    List<HubFile> files = new ArrayList<>();
    Set<URI> seen = new HashSet<>();
    URI url = url("/api/models/" + address.repository() + "/tree/" + commit + "?recursive=true");
    while (seen.add(url)) {
      if (seen.size() > limits.pages()) {
        throw new Refusal(
            address.location() + ": the list has more than " + limits.pages() + " pages", "");
      }
      Connection.Page page = connection.page(url);
      HubPages.addFiles(page.content(), files, limits.files());
      Matcher next = NEXT.matcher(page.links());
      if (!next.find()) {
        if (files.isEmpty()) {
          throw new Refusal(address.location() + ": there is nothing in it", "");
        }
        return files;
      }
      url = next(url, next.group(1));
    }
    throw new Refusal(address.location() + ": the list's pages go round in a circle", "");
  }

  /// The next page, which is the hub's own: the token goes there.
  private URI next(URI page, String link) throws Refusal {
    try {
      URI next = page.resolve(link);
      if (next.getHost() != null && HubAddress.sameOrigin(next, address.hub())) {
        return next;
      }
    } catch (IllegalArgumentException e) {
      // said below
    }
    throw new Refusal(
        address.location()
            + ": the list goes on at "
            + Printable.of(link, PRINTED)
            + ", which is not this hub",
        "");
  }

  private long sum(List<HubFile> files) throws Refusal {
    long sum = 0;
    for (HubFile file : files) {
      if (file.size() > Long.MAX_VALUE - sum) {
        throw new Refusal(address.location() + ": declares more than 2^63 bytes", "");
      }
      sum += file.size();
    }
    return sum;
  }

  private URI url(String path) {
    return URI.create(address.hub() + path);
  }

  private static String path(String path) {
    List<String> parts = new ArrayList<>();
    for (String part : path.split("/", -1)) {
      parts.add(part(part));
    }
    return String.join("/", parts);
  }

  private static String part(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
