/// Judges skops files: zip archives in which `schema.json` says which objects to build.
///
/// [SkopsScanner] reads that schema; the other members are examined as in any archive. To add a
/// rule, add it to [SkopsRule] with its page under `docs/findings/`.
@NullMarked
package dev.vidimus.scan.skops;

import org.jspecify.annotations.NullMarked;
