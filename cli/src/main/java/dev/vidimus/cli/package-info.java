/// The command line: reads arguments, wires the rooms together by constructors, prints what they
/// found, and turns it into an exit code.
@NullMarked
package dev.vidimus.cli;

import org.jspecify.annotations.NullMarked;
