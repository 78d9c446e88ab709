/// The API, `/api/v1`: everything that the command line can do with a registry, as resources.
@NullMarked
package dev.vidimus.server.api;

import org.jspecify.annotations.NullMarked;
