/// Reads XML as far as its elements, attributes and document type go, in UTF-8 or another encoding
/// that extends ASCII. No entity is expanded and nothing is fetched.
///
/// [XmlReader] is the door; it goes through a document once and tells an [XmlListener].
@NullMarked
package dev.vidimus.formats.xml;

import org.jspecify.annotations.NullMarked;
