/// What is it made of, and what is known against it?
@NullMarked
package dev.vidimus.inventory;

import org.jspecify.annotations.NullMarked;
