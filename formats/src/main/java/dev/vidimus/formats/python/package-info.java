/// Reads source in Python into a tree, and runs none. See ADR 20 for what the tree leaves out.
@NullMarked
package dev.vidimus.formats.python;

import org.jspecify.annotations.NullMarked;
