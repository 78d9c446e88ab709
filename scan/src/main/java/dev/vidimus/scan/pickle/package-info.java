/// Judges what unpickling would do.
///
/// `PickleScanner` finds the streams of a file and runs each on the abstract machine of
/// `formats.pickle`; `PickleJudge` is what the machine tells. The judge knows three kinds of names:
/// those of an [Allowlist], each with the shape of arguments it may be called with; those of the
/// [Threats], which only name a danger; and all others, which are unknown and therefore suspicious.
/// A file is clean because everything in it was known, never because nothing bad was recognised.
///
/// To allow a name, add it to the table of its package under
/// `src/main/resources/dev/vidimus/scan/pickle/allow/`.
@NullMarked
package dev.vidimus.scan.pickle;

import org.jspecify.annotations.NullMarked;
