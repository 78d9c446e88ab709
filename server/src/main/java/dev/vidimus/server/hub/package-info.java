/// The hub protocol: what every client that honours `HF_ENDPOINT` asks. It serves what is promoted
/// in the environment of the caller's token, and says of everything else why not.
///
/// Every request is decided anew: [Gatekeeper] remembers an answer only for one head of the ledger
/// and one second.
@NullMarked
package dev.vidimus.server.hub;

import org.jspecify.annotations.NullMarked;
