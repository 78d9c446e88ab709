/// Turns what a file contains into what that means for whoever loads it.
///
/// [ScanExaminer] is the door: it wires the scanners of the packages beside it and routes each file
/// and member to every scanner whose format its content allows. To add a scanner, implement
/// `inspection.Scanner`, give it a format in [ScanExaminer], and add a page under `docs/findings/`
/// for every rule id that it can report.
@NullMarked
package dev.vidimus.scan;

import org.jspecify.annotations.NullMarked;
