/// Who may ask a server: tokens of machines, secrets and sessions of people, invitations. Only
/// digests of what opens a door are kept, and what a caller may do never exceeds the roles that the
/// ledger knows.
@NullMarked
package dev.vidimus.registry.access;

import org.jspecify.annotations.NullMarked;
