/// Judges what a file is rather than what it says: programs among models, pages and pointers saved
/// in place of a model, names that do not fit.
///
/// [ContentScanners] gives a scanner for each such format, [NameCheck] compares a name with the
/// content under it. To add a rule, add it to [ContentRule] with its page under `docs/findings/`.
@NullMarked
package dev.vidimus.scan.content;

import org.jspecify.annotations.NullMarked;
