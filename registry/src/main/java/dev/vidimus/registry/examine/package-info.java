/// Examines what is in quarantine. To add an examiner, implement [ArtifactExaminer] and hand it to
/// the [Pipeline]; nothing else knows how many there are.
@NullMarked
package dev.vidimus.registry.examine;

import org.jspecify.annotations.NullMarked;
