/// Reads TensorFlow Lite models (`schema.fbs`, version 3): their operators, and whether every
/// reference between operators, tensors and buffers holds.
///
/// [TfliteReader] is the door. The content of buffers is never read.
@NullMarked
package dev.vidimus.formats.tflite;

import org.jspecify.annotations.NullMarked;
