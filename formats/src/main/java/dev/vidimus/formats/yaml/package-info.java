/// Reads YAML as the events of its syntax: no tag is resolved, nothing is constructed, no alias is
/// expanded but that of a short text.
///
/// [YamlReader] is the door; it goes through a file once and tells a [YamlListener].
/// Reads YAML as the data that JSON can hold: no tags, no key twice, aliases only to what is small.
@NullMarked
package dev.vidimus.formats.yaml;

import org.jspecify.annotations.NullMarked;
