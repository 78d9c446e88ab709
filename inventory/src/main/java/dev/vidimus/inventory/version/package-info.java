/// Versions as each ecosystem orders them. A text that an ecosystem does not accept has no place in
/// the order: it is compared as text, with nothing but itself.
@NullMarked
package dev.vidimus.inventory.version;

import org.jspecify.annotations.NullMarked;
