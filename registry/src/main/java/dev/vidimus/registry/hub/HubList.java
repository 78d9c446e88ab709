package dev.vidimus.registry.hub;

import dev.vidimus.artifact.FormatException;
import dev.vidimus.artifact.Printable;
import dev.vidimus.registry.intake.Refusal;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What a hub says is in a repository at one commit.
final class HubList {
  private static final Pattern NEXT = Pattern.compile("<([^<>]*)>\\s*;[^,<]*\\brel=\"?next\\b");
  private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{40}");
  private static final int PRINTED = 200;

  private final HubAddress address;
  private final Connection connection;
  private final HubLimits limits;
  private final String commit;
  private final List<HubFile> files = new ArrayList<>();

  private HubList(HubAddress address, Connection connection, HubLimits limits, String commit) {
    this.address = address;
    this.connection = connection;
    this.limits = limits;
    this.commit = commit;
  }

  /// Asks the hub.
  static HubList of(HubAddress address, Connection connection, HubLimits limits)
      throws IOException, FormatException {
    HubList list = new HubList(address, connection, limits, commit(address, connection));
    list.read();
    return list;
  }

  /// 40 hex digits.
  String commit() {
    return commit;
  }

  List<HubFile> files() {
    return files;
  }

  /// Where the content of a file is.
  URI url(HubFile file) {
    return url(
        address, "/" + address.repository() + "/resolve/" + commit + "/" + path(file.path()));
  }

  private static String commit(HubAddress address, Connection connection)
      throws IOException, FormatException {
    String revision = address.revision();
    URI url = url(address, address.api() + "/revision/" + part(revision));
    String commit = HubPages.commit(connection.page(url).content());
    if (COMMIT.matcher(revision).matches() && !revision.equals(commit)) {
      throw new Refusal(address.location() + ": the hub says that this commit is " + commit, "");
    }
    return commit;
  }

  private void read() throws IOException, FormatException {
    Set<URI> seen = new HashSet<>();
    URI url = url(address, address.api() + "/tree/" + commit + "?recursive=true");
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
        return;
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

  /// Bytes of all files.
  long size() throws Refusal {
    long sum = 0;
    for (HubFile file : files) {
      if (file.size() > Long.MAX_VALUE - sum) {
        throw new Refusal(address.location() + ": declares more than 2^63 bytes", "");
      }
      sum += file.size();
    }
    return sum;
  }

  private static URI url(HubAddress address, String path) {
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
