/// Who may have it? One process in which every surface (API, pages, hub protocol) is a thin skin
/// over the registry.
///
/// To add a route, give it a [dev.vidimus.server.http.Route] with its permission in the surface
/// that it belongs to; [Server] collects them, and a test asks each for every role.
@NullMarked
package dev.vidimus.server;

import org.jspecify.annotations.NullMarked;
