/// Reads what lies around the weights of a model: configuration, indexes, requirements. It finds
/// what a loader imports, builds, renders or fetches because such a file says so.
///
/// To add a rule, add it to [RepositoryRule] with its page under `docs/findings/`.
@NullMarked
package dev.vidimus.scan.repository;

import org.jspecify.annotations.NullMarked;
