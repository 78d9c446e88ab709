/// Tells by content which formats the bytes could be read as, and what their name claims.
///
/// [Detector] is the door. It asks, in this order: does a fixed signature stand where the format
/// has it ([Signatures]), do the first bytes make sense as a header ([Heads]), is there a zip at
/// the end ([ZipTail]), is it text ([TextHead]), and last, what does the name claim ([NameClaim])?
///
/// To add a format, add a [Format] with its extensions, its signature to [Signatures] or the sense
/// of its header to [Heads], and a test of its first bytes.
@NullMarked
package dev.vidimus.formats.detect;

import org.jspecify.annotations.NullMarked;
