/// Findings that somebody has looked at and answers for: a file of suppressions, read strictly, and
/// what it does to the outcome of a file. A suppressed finding no longer counts, and stays visible.
@NullMarked
package dev.vidimus.scan.suppression;

import org.jspecify.annotations.NullMarked;
