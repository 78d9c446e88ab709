/// Packages that files declare or lock: [Dependencies] reads them out of a file or folder, whatever
/// tool wrote them.
@NullMarked
package dev.vidimus.inventory.deps;

import org.jspecify.annotations.NullMarked;
