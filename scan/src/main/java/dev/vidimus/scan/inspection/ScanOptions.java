package dev.vidimus.scan.inspection;

import dev.vidimus.artifact.Limits;

/// What the caller of a scan chooses for every file.
///
/// @param limits what one file may cost
/// @param explain whether to reconstruct what pickles would execute
public record ScanOptions(Limits limits, boolean explain) {}
