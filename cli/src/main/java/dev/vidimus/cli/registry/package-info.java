/// The commands that keep state: `admit` and what follows from it. Each opens the registry, makes
/// one change or asks one question, and prints it as text or JSON.
@NullMarked
package dev.vidimus.cli.registry;

import org.jspecify.annotations.NullMarked;
