/// `vidimus key`, `sign` and `verify`: who vouches for a model.
@NullMarked
package dev.vidimus.cli.sign;

import org.jspecify.annotations.NullMarked;
