/// Brings bytes from a source into quarantine: copied, hashed, and never changed again, whatever
/// happens to the source.
@NullMarked
package dev.vidimus.registry.intake;

import org.jspecify.annotations.NullMarked;
