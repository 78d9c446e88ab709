/// Reads the metadata and tensor table of GGUF files, and of the GGML files that came before it, by
/// the rules of the loader (`gguf_init_from_reader` and `llama_model_loader` of llama.cpp).
///
/// [GgufReader] reads versions 1 to 3 of either byte order, [GgmlReader] the older containers.
/// Values are checked and passed over, not kept: a [GgufValue] says where one stands and reads it
/// on demand. Tensor payloads are never read. To accept a new tensor type, add it to [GgmlType].
@NullMarked
package dev.vidimus.formats.gguf;

import org.jspecify.annotations.NullMarked;
