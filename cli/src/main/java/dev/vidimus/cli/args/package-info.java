/// Reading a command line: a [Command] says what it understands, [Arguments] is what it was given.
///
/// One description serves the parser, the help, the completion of shells and the tests, and it is
/// plain data: `docs/adr/0004-own-command-line-parser.md` says why no library does this.
@NullMarked
package dev.vidimus.cli.args;

import org.jspecify.annotations.NullMarked;
