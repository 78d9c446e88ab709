/// What takes longer than a request: intakes, in the background, with progress.
@NullMarked
package dev.vidimus.server.job;

import org.jspecify.annotations.NullMarked;
