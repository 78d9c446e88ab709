/// Reads YAML as the events of its syntax: no tag is resolved, nothing is constructed, no alias is
/// expanded but that of a short text.
///
/// [YamlReader] is the door; it goes through a file once and tells a [YamlListener]. [YamlTree] is
/// for small documents that are plain data, and refuses everything else.
@NullMarked
package dev.vidimus.formats.yaml;

import org.jspecify.annotations.NullMarked;
