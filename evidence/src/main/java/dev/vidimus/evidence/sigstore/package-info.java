/// The file that carries a signature with what is needed to check it: [Sigstore
/// bundle](https://docs.sigstore.dev/about/bundle/), in proto3 JSON.
@NullMarked
package dev.vidimus.evidence.sigstore;

import org.jspecify.annotations.NullMarked;
