/// Answers that hold for one head of the ledger within one second.
@NullMarked
package dev.vidimus.server.moment;

import org.jspecify.annotations.NullMarked;
