/// One view of tensors, whatever container they lie in: name, element type, shape and bytes.
///
/// [ModelReader] opens a file or folder as a [Model] of [Tensor]s, whose bytes are mapped and read
/// when somebody asks. [TensorDigests] names them: the same tensor has the same digest in every
/// container. To read another container, add a source beside [SafetensorsSource], and its file
/// names to [WeightFiles].
@NullMarked
package dev.vidimus.lineage.tensors;

import org.jspecify.annotations.NullMarked;
