/// Turns the log into tables, entry by entry: the fold over all statements.
@NullMarked
package dev.vidimus.registry.projection;

import org.jspecify.annotations.NullMarked;
