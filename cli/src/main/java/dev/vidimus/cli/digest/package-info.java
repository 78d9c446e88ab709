/// `vidimus digest`: the names by which the same bytes are known everywhere.
@NullMarked
package dev.vidimus.cli.digest;

import org.jspecify.annotations.NullMarked;
