/// Whether a document has the form that a schema describes.
@NullMarked
package dev.vidimus.inventory.schema;

import org.jspecify.annotations.NullMarked;
