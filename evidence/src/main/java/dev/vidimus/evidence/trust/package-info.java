/// Whom a signature may come from: certificates, and the paths that lead to an authority which the
/// caller trusts. Nothing is trusted by default.
@NullMarked
package dev.vidimus.evidence.trust;

import org.jspecify.annotations.NullMarked;
