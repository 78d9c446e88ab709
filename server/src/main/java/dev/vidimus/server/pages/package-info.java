/// Pages for people, rendered here and usable without a script. Whatever comes from an artifact is
/// text: templates escape it by the place that it stands in.
@NullMarked
package dev.vidimus.server.pages;

import org.jspecify.annotations.NullMarked;
