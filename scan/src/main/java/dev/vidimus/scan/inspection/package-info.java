/// What every scanner is given and gives: a [Target] to examine, an [Inspection] that collects, and
/// the [Scanner] interface between them.
@NullMarked
package dev.vidimus.scan.inspection;

import org.jspecify.annotations.NullMarked;
