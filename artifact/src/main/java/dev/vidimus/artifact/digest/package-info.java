/// The identities of an artifact: SHA-256 of every file, the snapshot digest, the OMS root digest
/// and the git names of small files, all from one pass over the bytes.
///
/// [Identity#of] is the door; [Sha256#of] hashes any list of [Stretch]es on all cores. Two engines
/// do the work: the JDK's SHA-256, stream after stream, and [LaneWorker], which hashes 8 or 16
/// streams side by side in vector registers where the CPU has no SHA instructions. [LaneChoice]
/// measures which is faster here.
@NullMarked
package dev.vidimus.artifact.digest;

import org.jspecify.annotations.NullMarked;
