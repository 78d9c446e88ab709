/// Statements about digests: [in-toto Statement
/// v1](https://github.com/in-toto/attestation/blob/main/spec/v1/statement.md).
@NullMarked
package dev.vidimus.evidence.intoto;

import org.jspecify.annotations.NullMarked;
