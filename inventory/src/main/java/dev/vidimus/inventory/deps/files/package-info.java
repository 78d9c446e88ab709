/// One reader for each kind of file that names packages. A reader says what stands in the file, in
/// its order; what that means is said elsewhere.
///
/// To add one, implement [DependencyFile] and list it in [DependencyFiles].
@NullMarked
package dev.vidimus.inventory.deps.files;

import org.jspecify.annotations.NullMarked;
