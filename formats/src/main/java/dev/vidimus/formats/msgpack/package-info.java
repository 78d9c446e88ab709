/// Reads [MessagePack](https://github.com/msgpack/msgpack/blob/master/spec.md): proves that every
/// length fits, and tells where bytes and extensions are.
///
/// [MsgpackReader] is the door; it goes through a file once and tells a [MsgpackListener].
@NullMarked
package dev.vidimus.formats.msgpack;

import org.jspecify.annotations.NullMarked;
