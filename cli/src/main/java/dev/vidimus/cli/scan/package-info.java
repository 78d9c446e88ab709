/// `vidimus scan`: finds what each PATH means, scans it, and prints it in the format asked for.
///
/// [ScanCommand] is the order of events; a `Source` is what a PATH turned out to be, a `PathResult`
/// what became of it, and a `Renderer` how that is printed. To add a format, implement `Renderer`
/// and name it in `ScanSettings`.
@NullMarked
package dev.vidimus.cli.scan;

import org.jspecify.annotations.NullMarked;
