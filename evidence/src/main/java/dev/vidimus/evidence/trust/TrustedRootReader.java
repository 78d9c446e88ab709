package dev.vidimus.evidence.trust;

import dev.vidimus.artifact.Bytes;
import dev.vidimus.artifact.Digest;
import dev.vidimus.artifact.FormatException;
import dev.vidimus.artifact.Printable;
import dev.vidimus.artifact.json.Json;
import dev.vidimus.artifact.json.JsonLimits;
import dev.vidimus.artifact.json.JsonValue;
import dev.vidimus.evidence.Members;
import java.io.IOException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads `trusted_root.json`, the proto3 JSON of `TrustedRoot` in
/// [protobuf-specs](https://github.com/sigstore/protobuf-specs/tree/main/protos).
final class TrustedRootReader {
  private static final Set<String> MEDIA_TYPES =
      Set.of(
          "application/vnd.dev.sigstore.trustedroot+json;version=0.1",
          "application/vnd.dev.sigstore.trustedroot.v0.1+json",
          "application/vnd.dev.sigstore.trustedroot.v0.2+json");
  private static final Set<String> CONFIGURATIONS =
      Set.of(
          "application/vnd.dev.sigstore.clienttrustconfig.v0.1+json",
          "application/vnd.dev.sigstore.clienttrustconfig+json;version=0.1");
  private static final JsonLimits LIMITS = new JsonLimits(16L << 20, 32, 1 << 10, 1 << 20, 64);
  private static final int MOST = 256;
  private static final int MOST_CERTIFICATES = 16;
  private static final int PRINTED = 200;

  private TrustedRootReader() {}

  static TrustedRoot read(Bytes bytes, String where) throws FormatException, IOException {
    Members document = Members.of(Json.parse(bytes, where, LIMITS), where);
    Members root =
        CONFIGURATIONS.contains(document.string("mediaType"))
            ? document.object("trustedRoot")
            : document;
    String mediaType = root.string("mediaType");
    if (!MEDIA_TYPES.contains(mediaType)) {
      throw new FormatException.Unsupported(
          where, 0, "media type " + Printable.of(mediaType, PRINTED) + ", no trusted root");
    }
    List<TransparencyLog> logs = new ArrayList<>();
    for (Members log : elements(root, "tlogs", MOST)) {
      logs.add(log(log));
    }
    List<TransparencyLog> certificateLogs = new ArrayList<>();
    for (Members log : elements(root, "ctlogs", MOST)) {
      certificateLogs.add(log(log));
    }
    return new TrustedRoot(
        logs,
        authorities(root, "certificateAuthorities"),
        certificateLogs,
        authorities(root, "timestampAuthorities"));
  }

  private static List<Members> elements(Members members, String name, int most)
      throws FormatException {
    List<JsonValue> values = members.has(name) ? members.array(name) : List.of();
    if (values.size() > most) {
      throw new FormatException.LimitExceeded(
          members.where() + "." + name, 0, values.size() + " elements, over " + most);
    }
    List<Members> elements = new ArrayList<>();
    for (JsonValue value : values) {
      elements.add(Members.of(value, members.where() + "." + name + "[" + elements.size() + "]"));
    }
    return elements;
  }

  private static TransparencyLog log(Members log) throws FormatException {
    Members key = log.object("publicKey");
    byte[] id = log.object("logId").bytes("keyId");
    if (id.length != 32) {
      throw log.malformed("logId", "has " + id.length + " bytes, not 32");
    }
    return new TransparencyLog(
        url(log.stringOrNull("baseUrl")),
        Digest.of(id),
        LogKey.of(key.string("keyDetails"), key.bytes("rawBytes"), key.where()),
        validity(key));
  }

  private static List<CertificateAuthority> authorities(Members root, String name)
      throws FormatException {
    List<CertificateAuthority> authorities = new ArrayList<>();
    for (Members authority : elements(root, name, MOST)) {
      List<X509Certificate> chain = new ArrayList<>();
      for (Members certificate :
          elements(authority.object("certChain"), "certificates", MOST_CERTIFICATES)) {
        chain.add(Certificates.ofDer(certificate.bytes("rawBytes"), certificate.where()));
      }
      if (chain.isEmpty()) {
        throw authority.malformed("certChain", "is empty");
      }
      authorities.add(
          new CertificateAuthority(url(authority.stringOrNull("uri")), chain, validity(authority)));
    }
    return authorities;
  }

  private static String url(@Nullable String url) {
    return url == null ? "" : Printable.of(url, PRINTED);
  }

  private static Validity validity(Members members) throws FormatException {
    if (!members.has("validFor")) {
      return new Validity(null, null);
    }
    Members validity = members.object("validFor");
    return new Validity(instant(validity, "start"), instant(validity, "end"));
  }

  private static @Nullable Instant instant(Members members, String name) throws FormatException {
    String text = members.stringOrNull(name);
    try {
      return text == null ? null : Instant.parse(text);
    } catch (DateTimeParseException e) {
      throw members.malformed(name, "is no time as RFC 3339 writes it");
    }
  }
}
