/// Reads ZIP archives the way all their readers do at once.
///
/// A ZIP file says everything twice: in the central directory at its end, and in a local header
/// before each member. Python's `zipfile`, PyTorch's miniz, `unzip` and streaming readers believe
/// different halves, and look for the directory in different places. [ZipReader] therefore gives
/// every directory that any of them could find, every local header that no directory mentions, and
/// every range of bytes that nothing accounts for; it judges none of it. The format is
/// [APPNOTE.TXT](https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT) 6.3.10; see
/// `docs/formats/zip.md`.
@NullMarked
package dev.vidimus.formats.zip;

import org.jspecify.annotations.NullMarked;
