/// Results of earlier scans, so that what did not change is not scanned again.
///
/// A [Memory] says under which key the result of a file is kept: [FileMemory] by what the operating
/// system says of the file, [ContentMemory] by its digest. A [ResultStore] keeps bytes by key, for
/// several processes at once; what it gives back may be gone, and is never half of something.
@NullMarked
package dev.vidimus.scan.cache;

import org.jspecify.annotations.NullMarked;
