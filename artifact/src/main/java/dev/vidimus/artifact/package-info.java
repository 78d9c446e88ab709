/// What is it, exactly? The nouns that every room shares: bytes and the cursor over them, limits,
/// digests, snapshots, findings and reports.
///
/// Nothing here knows a model format. [Bytes] is the source, [ByteCursor] the checked way through
/// it, [FormatException] what a reader throws when the bytes break their promise, [Snapshot] the
/// sorted content of a file or folder, [Finding] and [Report] what an [Examiner] established.
@NullMarked
package dev.vidimus.artifact;

import org.jspecify.annotations.NullMarked;
