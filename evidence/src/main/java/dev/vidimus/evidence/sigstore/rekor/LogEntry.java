package dev.vidimus.evidence.sigstore.rekor;

import dev.vidimus.artifact.Digest;
import dev.vidimus.artifact.FormatException;
import dev.vidimus.artifact.json.JsonValue;
import dev.vidimus.evidence.Members;
import org.jspecify.annotations.Nullable;

/// What a bundle says about its signature's entry in a log. Nothing here is verified.
///
/// @param logId of the log; which key that means is the trusted root's to say
/// @param index in the whole log, which in version 1 is several trees one after another
/// @param kind of the body: `hashedrekord`
/// @param version of that kind: `0.0.1`
/// @param integratedTime in seconds since 1970, 0 if there is none; proves nothing without promise
/// @param promise the signed entry timestamp, or null
/// @param proof that the body is in a tree, or null
/// @param body the very bytes of the entry; not copied, and must not change
@SuppressWarnings("ArrayRecordComponent") // never compared as a whole
public record LogEntry(
    Digest logId,
    long index,
    String kind,
    String version,
    long integratedTime,
    byte @Nullable [] promise,
    @Nullable InclusionProof proof,
    byte[] body) {

  /// Reads a `TransparencyLogEntry`.
  public static LogEntry read(JsonValue json, String where) throws FormatException {
    Members entry = Members.of(json, where);
    byte[] logId = entry.object("logId").bytes("keyId");
    if (logId.length != 32) {
      throw entry.malformed("logId", "has " + logId.length + " bytes, not 32");
    }
    Members kind = entry.object("kindVersion");
    return new LogEntry(
        Digest.of(logId),
        entry.int64("logIndex"),
        kind.string("kind"),
        kind.string("version"),
        entry.int64("integratedTime"),
        entry.has("inclusionPromise")
            ? entry.object("inclusionPromise").bytes("signedEntryTimestamp")
            : null,
        entry.has("inclusionProof") ? InclusionProof.read(entry.object("inclusionProof")) : null,
        entry.bytes("canonicalizedBody"));
  }
}
