package dev.vidimus.formats.git;

/// An object, whole.
///
/// @param content not copied
@SuppressWarnings("ArrayRecordComponent") // never compared, and bounded by the store
record GitObject(ObjectType type, byte[] content) {}
