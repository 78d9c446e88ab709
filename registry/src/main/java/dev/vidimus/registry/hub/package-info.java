/// Models from a hub, the only package that opens connections: a revision becomes a commit, the
/// commit a list of files with sizes and hashes, and each file is compared with what the list says.
///
/// ```text
/// HubAddress    which repository of which hub       Connection   requests, redirects, the token
/// HubSource     the whole way                       Reach        which addresses may be talked to
/// HubPages      what the hub says, read strictly    Download     one file, resumed and compared
/// HubList       what is there at a commit           HubView      the same, looked at from here
/// RangeBytes    a file of which parts come
/// ```
@NullMarked
package dev.vidimus.registry.hub;

import org.jspecify.annotations.NullMarked;
