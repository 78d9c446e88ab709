/// What the registry knows as JSON, the same on the command line and in the API.
@NullMarked
package dev.vidimus.registry.view;

import org.jspecify.annotations.NullMarked;
