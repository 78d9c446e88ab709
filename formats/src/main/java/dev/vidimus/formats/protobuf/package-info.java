/// Reads the wire format of protocol buffers without a schema: fields, one after another, of
/// messages inside messages.
///
/// [ProtoReader] is the door. Every length is proved against the message around it, messages are
/// nested at most as deep as the loaders allow, and payloads that nobody asks for are passed over
/// without being read.
@NullMarked
package dev.vidimus.formats.protobuf;

import org.jspecify.annotations.NullMarked;
