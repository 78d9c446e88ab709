package dev.vidimus.registry.hub;

import dev.vidimus.registry.intake.Refusal;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Arrays;

/// Which addresses may be talked to. A hub, or whoever it redirects to, names hosts; a name that
/// leads into the own network would let it ask questions there in our name.
///
/// Names are resolved here before they are connected to. The platform keeps an answer for thirty
/// seconds, so that a connection made right after goes where was looked, except in the moment in
/// which that answer expires.
final class Reach {
  private final boolean everything;
  private final boolean loopback;

  private Reach(boolean everything, boolean loopback) {
    this.everything = everything;
    this.loopback = loopback;
  }

  /// @param hub as the user named it: this machine itself is reached only if it was
  /// @param allowPrivate whether the own network may be reached too
  static Reach of(URI hub, boolean allowPrivate) {
    return new Reach(allowPrivate, HubAddress.isLoopback(hub.getHost()));
  }

  /// Requires that every address of a host may be talked to.
  void require(URI target) throws IOException {
    String host = target.getHost();
    InetAddress[] addresses;
    try {
      addresses = InetAddress.getAllByName(host);
    } catch (UnknownHostException e) {
      throw new IOException(host + ": no such host", e);
    }
    for (InetAddress address : addresses) {
      if (!everything && !(loopback && address.isLoopbackAddress()) && !isPublic(address)) {
        throw new Refusal(
            host + ": leads to " + address.getHostAddress() + ", which is no public address",
            "--allow-private, if the hub is in your own network");
      }
    }
  }

  /// Whether an address is of the internet at large.
  static boolean isPublic(InetAddress address) {
    if (address.isAnyLocalAddress()
        || address.isLoopbackAddress()
        || address.isLinkLocalAddress()
        || address.isSiteLocalAddress()
        || address.isMulticastAddress()) {
      return false;
    }
    byte[] bytes = address.getAddress();
    return bytes.length == 4 ? isPublic4(bytes) : isPublic6(bytes);
  }

  /// The rest of the [registry](https://www.iana.org/assignments/iana-ipv4-special-registry).
  private static boolean isPublic4(byte[] bytes) {
    int a = bytes[0] & 0xff;
    int b = bytes[1] & 0xff;
    int c = bytes[2] & 0xff;
    return a != 0 // this network
        && !(a == 100 && b >= 64 && b < 128) // shared by a provider's customers
        && !(a == 192 && b == 0 && c == 0)
        && !(a == 198 && (b == 18 || b == 19)) // benchmarks
        && a < 240; // reserved, and broadcast
  }

  /// The rest of the [registry](https://www.iana.org/assignments/iana-ipv6-special-registry), and
  /// the forms that hold an address of version 4.
  private static boolean isPublic6(byte[] bytes) {
    int first = (bytes[0] & 0xff) << 8 | (bytes[1] & 0xff);
    int second = (bytes[2] & 0xff) << 8 | (bytes[3] & 0xff);
    boolean isGlobal = (first & 0xe000) == 0x2000; // everything else is not routed
    boolean isTranslated = first == 0x0064 && second == 0xff9b;
    if (isTranslated) {
      return isPublic(Arrays.copyOfRange(bytes, 12, 16));
    }
    if (first == 0x2002) { // 6to4
      return isPublic(Arrays.copyOfRange(bytes, 2, 6));
    }
    boolean isTunnel = first == 0x2001 && second < 0x0200; // Teredo and other protocols
    return isGlobal && !isTunnel;
  }

  private static boolean isPublic(byte[] four) {
    try {
      return isPublic(InetAddress.getByAddress(four));
    } catch (UnknownHostException e) {
      throw new IllegalStateException("four bytes are no address", e);
    }
  }
}
