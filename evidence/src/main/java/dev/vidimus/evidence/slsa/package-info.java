/// What SLSA says about an artifact, and whether it is what was expected: [build provenance and
/// verification summaries](https://slsa.dev/spec/v1.2/). Everything here is a pure function of a
/// predicate whose signature, subject and type others have verified.
@NullMarked
package dev.vidimus.evidence.slsa;

import org.jspecify.annotations.NullMarked;
