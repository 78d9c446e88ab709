/// Judges containers, and hands every member on to be examined by what it is.
///
/// Two questions are asked of a container. What could be reached through it that its reader would
/// not notice: names and links that leave the folder, members that only some readers see, bytes
/// that nobody accounts for, sizes that lie? And what is inside: each member goes back to the
/// router, whatever its name says, in every reading that some loader would take. A container is
/// never judged by its neighbours or its extension.
///
/// The readers are in `formats`; here are [ZipScanner] (with PyTorch's layout), [TarScanner],
/// [CompressedScanner] and [SevenZipScanner], and [ArchiveRule] says what they can report.
@NullMarked
package dev.vidimus.scan.archive;

import org.jspecify.annotations.NullMarked;
