/// Attestations: signed in-toto statements about an artifact, made and verified.
///
/// An [AttestedArtifact] is what a statement must be about. [Attester] makes a statement about one;
/// [AttestationFile] finds the attestations in whatever file they come in; [AttestationVerifier]
/// judges each by numbered steps.
@NullMarked
package dev.vidimus.evidence.attestation;

import org.jspecify.annotations.NullMarked;
