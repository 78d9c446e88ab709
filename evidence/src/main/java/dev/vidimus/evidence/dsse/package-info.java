/// The Dead Simple Signing Envelope,
/// [DSSE v1](https://github.com/secure-systems-lab/dsse/blob/master/protocol.md): bytes, their
/// type, and signatures over both.
@NullMarked
package dev.vidimus.evidence.dsse;

import org.jspecify.annotations.NullMarked;
