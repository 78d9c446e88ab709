/// Bytes by their digest.
@NullMarked
package dev.vidimus.registry.blob;

import org.jspecify.annotations.NullMarked;
