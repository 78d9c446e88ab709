/// Requests and answers: paths, permissions, bodies with limits, errors in the form of their
/// surface. The only package that knows the HTTP library.
@NullMarked
package dev.vidimus.server.http;

import org.jspecify.annotations.NullMarked;
