/// JSON from files that nobody has vouched for, and JSON that others can compare byte by byte.
///
/// [Json#parse] gives a small tree of [JsonValue]; [JsonReader] pulls value after value out of a
/// document too large for a tree; [JsonWriter] writes. What the grammar of
/// [RFC 8259](https://www.rfc-editor.org/rfc/rfc8259) leaves open is decided strictly, because two
/// readers that disagree about a document are how an attack hides: no name twice in one object, no
/// byte order mark, no invalid UTF-8, no lone surrogate, nothing after the value. Numbers keep
/// their exact text. Depth and lengths are bounded by [JsonLimits].
///
/// Jackson's streaming parser does the work behind it and is not seen outside.
@NullMarked
package dev.vidimus.artifact.json;

import org.jspecify.annotations.NullMarked;
