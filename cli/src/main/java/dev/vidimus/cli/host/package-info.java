/// The process as commands see it: variables, streams and whether a person sits behind them. Only
/// `Main` makes a real [Host]; tests make their own.
@NullMarked
package dev.vidimus.cli.host;

import org.jspecify.annotations.NullMarked;
