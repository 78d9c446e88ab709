/// Coverage-guided fuzzers, one for each reader of hostile bytes, run by `./check --stage fuzzing`.
///
/// A found input goes under `src/test/resources/dev/vidimus/checks/fuzz/<Class>Inputs/` and stays
/// there: it is replayed at the start of every run.
@NullMarked
package dev.vidimus.checks.fuzz;

import org.jspecify.annotations.NullMarked;
