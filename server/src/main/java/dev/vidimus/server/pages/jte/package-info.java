/// Where the build puts what it makes of the templates under `src/main/jte`.
@NullUnmarked
package dev.vidimus.server.pages.jte;

import org.jspecify.annotations.NullUnmarked;
