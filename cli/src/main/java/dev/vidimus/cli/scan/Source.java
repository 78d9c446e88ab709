package dev.vidimus.cli.scan;

import dev.vidimus.artifact.Bytes;
import dev.vidimus.artifact.Finding;
import dev.vidimus.artifact.Limits;
import dev.vidimus.artifact.Location;
import dev.vidimus.artifact.Printable;
import dev.vidimus.artifact.Snapshot;
import dev.vidimus.artifact.Spool;
import dev.vidimus.cli.args.UsageException;
import dev.vidimus.cli.host.Host;
import dev.vidimus.registry.hub.HubAddress;
import dev.vidimus.registry.hub.HubView;
import dev.vidimus.scan.FileOutcome;
import dev.vidimus.scan.FolderScan;
import dev.vidimus.scan.Meter;
import dev.vidimus.scan.TreeRule;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a PATH turned out to be: a file, a folder, standard input, or nothing that can be read.
final class Source implements Closeable {
  static final String STANDARD_INPUT = "-";
  private static final int CHUNK = 1 << 16;
  private static final int LONGEST_TARGET = 200;

  private final String path;
  private final boolean isFolder;
  private final Selection selection;
  private final @Nullable Bytes input;
  private final @Nullable IOException failure;

  /// Where the link leads that the caller named; empty if it is none.
  private String linkTarget = "";

  /// The hub that it is read from; null if it is of this machine.
  private @Nullable HubView view;

  private Source(
      String path,
      boolean isFolder,
      Selection selection,
      @Nullable Bytes input,
      @Nullable IOException failure) {
    this.path = path;
    this.isFolder = isFolder;
    this.selection = selection;
    this.input = input;
    this.failure = failure;
  }

  static Source of(String path, Host host, ScanSettings settings) throws UsageException {
    Selection nothing = Selection.all(new Snapshot(Path.of(""), List.of(), List.of()));
    try {
      if (path.equals(STANDARD_INPUT)) {
        return new Source(path, false, nothing, spool(host), null);
      }
      if (HubAddress.isOne(path)) {
        return ofHub(path, host, settings);
      }
      Path given = host.folder().resolve(path);
      if (!Files.exists(given, LinkOption.NOFOLLOW_LINKS)) {
        Path cached = HubCacheFolder.find(path, host);
        if (cached == null) {
          throw new IOException("no such file or folder");
        }
        given = cached;
      }
      return at(path, given, settings);
    } catch (IOException e) {
      return new Source(path, false, nothing, null, e);
    } catch (InvalidPathException e) {
      return new Source(path, false, nothing, null, new IOException("no valid path"));
    }
  }

  /// A model of a hub, looked at where it is.
  private static Source ofHub(String path, Host host, ScanSettings settings)
      throws IOException, UsageException {
    if (!settings.changedSince().isEmpty() || settings.allowIgnore()) {
      throw new UsageException(
          path + ": --changed-since and --allow-ignore are for folders of this machine", "");
    }
    HubAddress address =
        HubAddress.of(path, host.variable("HF_ENDPOINT"), settings.allowInsecure());
    HubView view =
        HubView.open(address, host.variable("HF_TOKEN").strip(), settings.allowPrivate());
    Snapshot snapshot = view.snapshot();
    Selection selection = Selection.all(snapshot).without(Exclusion.of(snapshot, settings));
    Source source = new Source(path, true, selection, null, null);
    source.view = view;
    return source;
  }

  private static Source at(String path, Path given, ScanSettings settings)
      throws IOException, UsageException {
    Path real = given;
    Snapshot snapshot = Snapshot.of(given);
    // A link that the caller names is followed, and said; those inside a folder never are. (A hub
    // cache's link to its own blob is a file like any other.)
    if (snapshot.entries().isEmpty() && Files.isSymbolicLink(given) && Files.exists(given)) {
      real = given.toRealPath();
      snapshot = Snapshot.of(real);
    }
    boolean isFolder = Files.isDirectory(real, LinkOption.NOFOLLOW_LINKS);
    Selection selection =
        isFolder
            ? Selection.all(snapshot).without(Exclusion.of(snapshot, settings))
            : Selection.all(named(path, snapshot));
    if (!settings.changedSince().isEmpty()) {
      selection = selection.changedSince(settings.changedSince(), real);
    }
    Source source = new Source(path, isFolder, selection, null, null);
    source.linkTarget = real.equals(given) ? "" : Printable.of(real.toString(), LONGEST_TARGET);
    return source;
  }

  /// A single file goes by the path that its caller knows.
  private static Snapshot named(String path, Snapshot snapshot) {
    List<Snapshot.Entry> entries = new ArrayList<>();
    for (Snapshot.Entry entry : snapshot.entries()) {
      entries.add(new Snapshot.Entry(path, entry.size(), entry.file()));
    }
    List<Snapshot.Refused> refused = new ArrayList<>();
    for (Snapshot.Refused one : snapshot.refused()) {
      refused.add(new Snapshot.Refused(path, one.reason(), one.detail()));
    }
    return new Snapshot(snapshot.root(), entries, refused);
  }

  private static Bytes spool(Host host) throws IOException {
    Spool spool = new Spool(ScanCommand.spoolFolder(host), Limits.DEFAULT.spoolBytes());
    InputStream in = host.input();
    byte[] chunk = new byte[CHUNK];
    try (Spool.Sink sink = spool.sink()) {
      for (int count = in.read(chunk); count >= 0; count = in.read(chunk)) {
        sink.write(chunk, 0, count);
      }
      return sink.finish();
    }
  }

  void scan(FolderScan scan, Meter meter, FolderScan.Receiver receiver) throws IOException {
    if (failure != null) {
      receiver.accept(FolderScan.unread(path, failure));
    } else if (input != null) {
      receiver.accept(scan.scan(input, path, meter));
    } else if (view != null) {
      scan.opening(view::open).scan(selection.snapshot(), selection.leftOut(), meter, receiver);
    } else if (linkTarget.isEmpty()) {
      scan.scan(selection.snapshot(), selection.leftOut(), meter, receiver);
    } else {
      Finding link =
          TreeRule.LINK_GIVEN.at(Location.of(path), "a link to " + linkTarget, linkTarget);
      if (isFolder) {
        receiver.accept(FileOutcome.of(link, "link"));
        scan.scan(selection.snapshot(), selection.leftOut(), meter, receiver);
      } else {
        scan.scan(selection.snapshot(), meter, outcome -> receiver.accept(outcome.with(link)));
      }
    }
  }

  /// As the caller gave it.
  String path() {
    return path;
  }

  boolean isFolder() {
    return isFolder;
  }

  /// What the caller left out.
  List<Selection.Excluded> excluded() {
    return selection.excluded();
  }

  /// Why there is nothing to scan; null if there is.
  @Nullable IOException failure() {
    return failure;
  }

  /// The hub that it is read from; null if it is of this machine.
  @Nullable HubView view() {
    return view;
  }

  /// The files, without those that were left out.
  Snapshot snapshot() {
    return selection.snapshot();
  }

  /// Bytes in all, as far as they are known before the scan.
  long size() {
    return input != null ? input.size() : snapshot().size();
  }

  @Override
  public void close() throws IOException {
    if (input != null) {
      input.close();
    }
    if (view != null) {
      view.close();
    }
  }
}
