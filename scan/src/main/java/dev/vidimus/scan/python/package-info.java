/// Says what importing and calling the code of a repository would do.
///
/// To add a rule, add it to [PythonRule] with its page under `docs/findings/`.
@NullMarked
package dev.vidimus.scan.python;

import org.jspecify.annotations.NullMarked;
