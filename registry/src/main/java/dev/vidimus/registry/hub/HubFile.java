package dev.vidimus.registry.hub;

/// A file as the hub's list has it.
///
/// @param path canonical and relative
/// @param size in bytes
/// @param algorithm `sha256`, or `gitblob` for the SHA-1 by which git names small files
/// @param hash in lower-case hex
record HubFile(String path, long size, String algorithm, String hash) {}
