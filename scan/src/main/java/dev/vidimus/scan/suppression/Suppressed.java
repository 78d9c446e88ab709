package dev.vidimus.scan.suppression;

import dev.vidimus.artifact.Finding;

/// A finding that does not count, and why.
public record Suppressed(Finding finding, Suppression by) {}
