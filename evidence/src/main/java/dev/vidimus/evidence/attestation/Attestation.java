package dev.vidimus.evidence.attestation;

import dev.vidimus.artifact.Bytes;

/// One attestation as it was found; nothing of it is verified.
///
/// @param place in its file: `line 2`; empty if it is alone there
/// @param listedType the predicate type that the list says, in which it was found; empty if there
/// is none
/// @param json a bundle or an envelope alone
record Attestation(String place, String listedType, Bytes json) {}
