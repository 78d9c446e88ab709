/// Certificates for a few minutes:
/// [Fulcio](https://docs.sigstore.dev/certificate_authority/overview/). A leaf says who an identity
/// provider took its holder for, and a log of certificates must have it.
@NullMarked
package dev.vidimus.evidence.sigstore.fulcio;

import org.jspecify.annotations.NullMarked;
