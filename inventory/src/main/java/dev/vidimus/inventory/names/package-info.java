/// Names of packages that are mistaken for others.
@NullMarked
package dev.vidimus.inventory.names;

import org.jspecify.annotations.NullMarked;
