/// Decompression of hostile bytes: one call for every format, [Inflation#inflate], bounded by a
/// budget.
///
/// What was decompressed before a stream broke is always kept, because a loader that reads as it
/// goes (`pickle.load` on a `GzipFile`) acts on it before it notices. Decoders are our own, but
/// for raw deflate (`java.util.zip.Inflater`): they read through a `ByteCursor`, write through an
/// `Output` that takes from the budget, and keep a window that grows with what was produced, never
/// with what a header claims. See `docs/adr/0002-zstd-decoder.md`.
///
/// To add a format, add a constant to [Codec.Stream], a decoder with a static `decode(ByteCursor,
/// Output)` that leaves the cursor behind the last byte of the stream, and a case in [Inflation].
@NullMarked
package dev.vidimus.formats.compressed;

import org.jspecify.annotations.NullMarked;
