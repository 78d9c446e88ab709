/// Reads [UBJSON](https://ubjson.org/type-reference/), the binary twin of JSON in which XGBoost
/// writes its models.
///
/// [UbjsonReader] is the door; it goes through a document once and tells a [UbjsonListener].
@NullMarked
package dev.vidimus.formats.ubjson;

import org.jspecify.annotations.NullMarked;
