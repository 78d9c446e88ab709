/// Readers of vocabularies that are not JSON: models of SentencePiece, which are messages of
/// protocol buffers, and the tables of tiktoken, which are lines of text.
@NullMarked
package dev.vidimus.formats.tokenizer;

import org.jspecify.annotations.NullMarked;
