/// Who asks, and what they may do. What vouches for a caller (a token, a session; later an OIDC
/// provider) is behind one seam, [dev.vidimus.server.identity.Identities].
@NullMarked
package dev.vidimus.server.identity;

import org.jspecify.annotations.NullMarked;
