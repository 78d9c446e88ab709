/// The folder in which an embedded registry lives, and the keys in it.
@NullMarked
package dev.vidimus.registry.home;

import org.jspecify.annotations.NullMarked;
