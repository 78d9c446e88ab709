/// Who vouches for it, and are they to be believed?
///
/// A signature is checked in numbered steps, those of its specification. Inside, a step that fails
/// throws [CheckFailed], so that there is no boolean to forget; the one public verifier of a format
/// catches it once and returns every step. What is shown to callers says yes only with a token that
/// no other code can make.
@NullMarked
package dev.vidimus.evidence;

import org.jspecify.annotations.NullMarked;
