/// The statements that the registry makes: in-toto v1 in DSSE, in a Sigstore bundle with the key
/// method. Each kind is a record with its predicate's members; `docs/predicates/` has the schemas.
///
/// To add one: a record here with `TYPE`, `json()` and `read`, a [Kind], a schema, and a projector.
@NullMarked
package dev.vidimus.registry.statement;

import org.jspecify.annotations.NullMarked;
