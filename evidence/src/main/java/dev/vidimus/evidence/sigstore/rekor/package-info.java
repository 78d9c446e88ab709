/// Entries of a log of signatures: [Rekor](https://docs.sigstore.dev/logging/overview/), versions 1
/// and 2. An entry proves that the log's operator committed to a signature in public; in version 1
/// also when.
@NullMarked
package dev.vidimus.evidence.sigstore.rekor;

import org.jspecify.annotations.NullMarked;
