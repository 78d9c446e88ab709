/// Tables on SQLite or PostgreSQL, and statements over them. What they hold is a projection of the
/// ledger, which can be made again from it.
@NullMarked
package dev.vidimus.registry.store;

import org.jspecify.annotations.NullMarked;
