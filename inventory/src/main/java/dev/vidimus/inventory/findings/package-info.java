/// What stands against packages: findings about what was read.
@NullMarked
package dev.vidimus.inventory.findings;

import org.jspecify.annotations.NullMarked;
