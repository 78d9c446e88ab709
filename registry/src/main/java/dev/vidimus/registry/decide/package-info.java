/// Turns evidence into facts, and facts into a signed decision, by the policy that holds.
@NullMarked
package dev.vidimus.registry.decide;

import org.jspecify.annotations.NullMarked;
