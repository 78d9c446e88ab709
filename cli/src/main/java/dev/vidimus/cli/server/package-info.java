/// The server and what opens it: `serve`, `token`.
@NullMarked
package dev.vidimus.cli.server;

import org.jspecify.annotations.NullMarked;
