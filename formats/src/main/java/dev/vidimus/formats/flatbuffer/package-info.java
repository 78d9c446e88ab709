/// Reads FlatBuffers without a schema: tables, vectors and texts at checked offsets.
///
/// [FlatBuffer] is the door; each step through it proves what a verifier proves: that tables, their
/// vtables, vectors and texts lie inside the file.
@NullMarked
package dev.vidimus.formats.flatbuffer;

import org.jspecify.annotations.NullMarked;
