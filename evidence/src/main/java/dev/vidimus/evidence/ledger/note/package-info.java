/// Signed notes, and checkpoints, which are notes that say how a log looks
/// (c2sp.org/signed-note, c2sp.org/tlog-checkpoint, c2sp.org/tlog-cosignature).
///
/// A note is text signed by one or more keys. The text is to be ignored until a signature by a
/// trusted key has been verified:
///
/// ```text
/// example.com/behind-the-sofa                     the text: here a checkpoint's origin,
/// 20852163                                        number of entries,
/// CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=    and root hash
///                                                 the last empty line of the note
/// — example.com/behind-the-sofa Az3grlgtzPIC...   signatures: name, base64(key id || signature)
/// — witness.example.com/w1 jWbPPwAAAABkGFDL...
/// ```
///
/// Terms. A *key name* has no space and no `+`. A *key id* is the first four bytes of
/// SHA-256(name || 0x0A || type || public key); with the name it says which key is meant, it
/// proves nothing. A *vkey* is a public key as text, `name+id+base64(type || public key)`:
///
/// ```text
/// note      = text "\n" 1*signature            text ends in "\n"; no control character but "\n"
/// signature = "— " name " " base64 "\n"
/// vkey      = name "+" 8 lower-case hex "+" base64
/// ```
///
/// [Note] is the form, [VerifierKey] and [SignerKey] the two halves of a key, [Algorithm] the three
/// types that we use, [Checkpoint] the text that a log signs, [OpenedCheckpoint] one whose
/// signature was verified. To check a stored checkpoint:
///
/// ```java
/// VerifierKey log = VerifierKey.parse("example.com/foo+530d903a+AekyeRrm56hApGFkyQR4...");
/// OpenedCheckpoint checkpoint = OpenedCheckpoint.open(bytes, "checkpoint", log);
/// ```
@NullMarked
package dev.vidimus.evidence.ledger.note;

import org.jspecify.annotations.NullMarked;
