/// Keeping a home: what it costs, what may go, copies of it, and whether it is well.
@NullMarked
package dev.vidimus.registry.keep;

import org.jspecify.annotations.NullMarked;
