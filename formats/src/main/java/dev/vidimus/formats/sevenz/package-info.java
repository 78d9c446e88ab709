/// Reads 7z archives, by `7zFormat.txt` of the LZMA SDK: a start header, a header at the end that
/// may itself be compressed, and folders, each of which is one stream for several files.
///
/// Folders with one coder are read: Copy, LZMA, LZMA2. Filters (BCJ, delta), PPMd, BZip2, Deflate
/// and AES are not, and say so when [SevenZipArchive#open] is called: nothing is left out
/// silently. See `docs/formats/7z.md`.
@NullMarked
package dev.vidimus.formats.sevenz;

import org.jspecify.annotations.NullMarked;
