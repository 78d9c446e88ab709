/// Publishing by the hub protocol: files come in piece by piece, a commit puts them together with
/// those of the version before, and the whole goes into quarantine as a new version. What readers
/// see does not move until that is promoted.
@NullMarked
package dev.vidimus.server.hub.publish;

import org.jspecify.annotations.NullMarked;
