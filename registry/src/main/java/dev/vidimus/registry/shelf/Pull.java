package dev.vidimus.registry.shelf;

import java.time.Instant;

/// Somebody asked for a file's bytes, or was refused something.
///
/// @param time when
/// @param token by which they came
/// @param person in whose name
/// @param name of the repository
/// @param environment for which the token is
/// @param snapshot what was meant; empty if nothing was
/// @param revision as it was asked for
/// @param path of the file; empty if it was about the repository
/// @param status that was answered
/// @param reason why it was refused; empty if it was not
/// @param bytes that were sent
/// @param agent what the client says that it is
public record Pull(
    Instant time,
    String token,
    String person,
    String name,
    String environment,
    String snapshot,
    String revision,
    String path,
    int status,
    String reason,
    long bytes,
    String agent) {}
