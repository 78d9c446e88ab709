/// Reads files of Torch 7, the one in Lua, in binary and in text
/// ([serialization](https://github.com/torch/torch7/blob/master/doc/serialization.md)).
///
/// [Torch7Reader] is the door; it goes through a file once and tells a [Torch7Listener].
@NullMarked
package dev.vidimus.formats.torch7;

import org.jspecify.annotations.NullMarked;
