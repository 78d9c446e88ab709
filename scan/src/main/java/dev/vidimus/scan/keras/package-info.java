/// Judges Keras models: the configuration in a `.keras` archive or in the attributes of an HDF5
/// file, and HDF5 itself.
///
/// [KerasScanners] is the door. A configuration is a tree of JSON in which any object may name a
/// class or function, a module to import it from, and values to call it with; [KerasConfig] walks
/// the whole tree, and [KerasReference] judges each name. To add a rule, add it to [KerasRule] or
/// [Hdf5Rule] with its page under `docs/findings/`.
@NullMarked
package dev.vidimus.scan.keras;

import org.jspecify.annotations.NullMarked;
