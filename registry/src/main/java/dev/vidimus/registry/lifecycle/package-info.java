/// What people do with an artifact, each act a signed statement with its preconditions.
@NullMarked
package dev.vidimus.registry.lifecycle;

import org.jspecify.annotations.NullMarked;
