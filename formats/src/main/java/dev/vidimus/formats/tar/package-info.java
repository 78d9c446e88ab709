/// Reads tar archives of every dialect: v7, POSIX ustar, pax, GNU, with sparse files.
///
/// [TarReader] follows Python's `tarfile`, which model loaders use, and goes on where other readers
/// would: behind the end mark, where concatenated archives continue. Members are parts of the
/// source; nothing is copied. See `docs/formats/tar.md`.
@NullMarked
package dev.vidimus.formats.tar;

import org.jspecify.annotations.NullMarked;
