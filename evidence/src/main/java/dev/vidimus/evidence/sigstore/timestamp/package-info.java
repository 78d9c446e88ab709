/// Times that an authority vouches for: [RFC 3161](https://www.rfc-editor.org/rfc/rfc3161).
@NullMarked
package dev.vidimus.evidence.sigstore.timestamp;

import org.jspecify.annotations.NullMarked;
