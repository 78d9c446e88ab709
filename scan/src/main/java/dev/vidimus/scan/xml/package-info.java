/// Judges models in XML: PMML and OpenVINO's representation, and document types in any XML.
///
/// [XmlScanner] is the door. To add a rule, add it to [XmlRule] with its page under
/// `docs/findings/`.
@NullMarked
package dev.vidimus.scan.xml;

import org.jspecify.annotations.NullMarked;
