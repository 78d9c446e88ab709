/// What pages show.
@NullMarked
package dev.vidimus.server.pages.model;

import org.jspecify.annotations.NullMarked;
