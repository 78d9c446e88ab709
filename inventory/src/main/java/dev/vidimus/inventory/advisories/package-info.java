/// What is known against packages: records in the [OSV format](https://ossf.github.io/osv-schema/),
/// imported from an export and kept for use without a network.
///
/// [OsvReader] reads a record, [Matching] says whether it speaks of a version, [AdvisoryStore]
/// keeps generations of records and finds those of a package, [Import] makes a generation.
@NullMarked
package dev.vidimus.inventory.advisories;

import org.jspecify.annotations.NullMarked;
