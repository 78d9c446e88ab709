/// Reads what R's `saveRDS` and `save` write: objects by type, and the code among them as the calls
/// that it makes ([R internals, section 1.8](https://cran.r-project.org/doc/manuals/R-ints.html)).
///
/// [RdsReader] is the door; it goes through a stream once and tells an [RdsListener].
@NullMarked
package dev.vidimus.formats.rds;

import org.jspecify.annotations.NullMarked;
