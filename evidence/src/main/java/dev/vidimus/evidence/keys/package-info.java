/// Keys: their schemes, their PEM files, and the hint by which OMS names them.
///
/// [VerifyingKey] verifies and never answers with a boolean; [SigningKey] signs; [KeyFile] reads
/// and writes. Elliptic curves, Ed25519 and ML-DSA come from the JDK. BouncyCastle reads what it
/// refuses (seeds of ML-DSA, SEC 1) and derives public keys.
@NullMarked
package dev.vidimus.evidence.keys;

import org.jspecify.annotations.NullMarked;
