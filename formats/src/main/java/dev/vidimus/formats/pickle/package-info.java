/// Reads Python pickle streams, protocols 0 to 5, without unpickling anything.
///
/// [PickleMachine] moves stack, marks and memo exactly as an unpickler does, but on abstract
/// [Value]s: plain data keeps only its kind and offset, and whatever the stream imports, calls,
/// builds or fills is told to a [PickleVisitor] at the opcode where it would happen. What that
/// means
/// is for the visitor to say. The reference is CPython's `Lib/pickle.py` and `Modules/_pickle.c`;
/// where the two differ, [PickleVisitor.Oddity] names the difference.
@NullMarked
package dev.vidimus.formats.pickle;

import org.jspecify.annotations.NullMarked;
