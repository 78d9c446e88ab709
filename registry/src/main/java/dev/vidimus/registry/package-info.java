/// Where does it stand? Intake, examination, decisions, approvals, deployments and revocations, as
/// statements in the ledger and tables that follow from it.
///
/// ```text
/// home        the folder, its keys and names        statement   what is said, in in-toto
/// change      the one protocol of every change      projection  statements into tables
/// intake      bytes into quarantine                 store       tables
/// examine     what is in them                       question    answers from tables
/// decide      policy over facts                     lifecycle   what people do
/// hub         models from a hub, over the network   layout      models in OCI layouts
/// archive     archives that are taken apart
/// ```
///
/// [Registry] is the door.
@NullMarked
package dev.vidimus.registry;

import org.jspecify.annotations.NullMarked;
