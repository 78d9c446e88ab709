/// Reads the graphs of TensorFlow: `SavedModel`, `MetaGraphDef`, `GraphDef`, and the metadata that
/// Keras puts beside them.
///
/// [TfReader] is the door. It goes through all graphs and every function of their libraries and
/// tells a [TfListener] what it meets. Values of constants are passed over.
@NullMarked
package dev.vidimus.formats.tensorflow;

import org.jspecify.annotations.NullMarked;
