/// Archives that are taken apart, so that the artifact is the tree in them. Only an archive that
/// every program unpacks to the same tree is taken.
@NullMarked
package dev.vidimus.registry.archive;

import org.jspecify.annotations.NullMarked;
