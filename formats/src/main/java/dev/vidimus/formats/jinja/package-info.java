/// Reads templates in [Jinja](https://jinja.palletsprojects.com/en/stable/templates/) into a tree,
/// and renders none.
///
/// The grammar is that of Jinja 3 with the extensions that chat templates are rendered with: loop
/// controls, `do`, and the `generation` block of transformers.
@NullMarked
package dev.vidimus.formats.jinja;

import org.jspecify.annotations.NullMarked;
