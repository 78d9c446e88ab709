/// Reads ONNX models (`onnx.proto3`): operators, tensors wherever they stand, external data, local
/// functions, metadata.
///
/// [OnnxReader] is the door. It goes through every graph, subgraph, attribute and function and
/// tells an [OnnxListener] what it meets, so that what stands before a fault is heard. The numbers
/// of tensors are never read, except few integers that say how large another tensor is.
@NullMarked
package dev.vidimus.formats.onnx;

import org.jspecify.annotations.NullMarked;
