/// The commands that say what something is made of: `deps` and `advisories`.
@NullMarked
package dev.vidimus.cli.inventory;

import org.jspecify.annotations.NullMarked;
