/// Signatures over a whole model: [OpenSSF Model Signing, version
/// 1.0](https://github.com/ossf/model-signing-spec/blob/main/spec/v1.0.md).
///
/// [OmsSigner] writes the specification's form; [OmsVerifier] takes every form that was ever
/// published, in numbered steps. A [Manifest] lists what is signed, [ModelTree] what is there, and
/// [Comparison] tells the difference.
@NullMarked
package dev.vidimus.evidence.oms;

import org.jspecify.annotations.NullMarked;
