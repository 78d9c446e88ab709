/// Artifacts as repositories of a hub: which snapshot a name and a revision mean in an environment,
/// and its files as git and hub clients name them. Everything follows from one snapshot, whose
/// content never changes.
@NullMarked
package dev.vidimus.registry.shelf;

import org.jspecify.annotations.NullMarked;
