/// `vidimus ledger`: the log that keeps all evidence.
@NullMarked
package dev.vidimus.cli.ledger;

import org.jspecify.annotations.NullMarked;
