package dev.vidimus.evidence;

/// One numbered step of a verification.
///
/// @param name the step's name, the same for every input: `signature`
/// @param ok whether it passed; steps behind one that did not were not taken
/// @param reason what was expected and found, where it did not pass; else a note or nothing
public record Step(String name, boolean ok, String reason) {}
