/// Judges the models of libraries of boosted trees: XGBoost in JSON and UBJSON, LightGBM.
///
/// To add a rule, add it to [BoosterRule] with its page under `docs/findings/`.
@NullMarked
package dev.vidimus.scan.booster;

import org.jspecify.annotations.NullMarked;
