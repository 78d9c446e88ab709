/// The ledger: a log of everything that was vouched for or decided, which nobody, the operator
/// included, can change unnoticed.
///
/// An [Entry] is one line of JSON that names an *envelope*, the signed statement itself, by its
/// digest. Entries are numbered from 0 and never change. A *checkpoint* is the log's signature
/// under the root hash of all entries so far; whoever keeps an old one can prove later that the log
/// only grew. A [Receipt] proves offline that an entry is under a checkpoint.
///
/// The files are those of c2sp.org/tlog-tiles, so that any client of such logs can read them:
///
/// ```text
/// checkpoint                       signed note: origin, size, root; the only file that is replaced
/// tile/entries/000.p/5             entries 0 to 4, each behind its length
/// tile/0/000.p/5                   their hashes
/// blob/sha256/ab/ab3f...           an envelope, under its digest
/// journal-0, journal-1             while somebody writes, and after a crash: what is durable
/// already
/// ```
///
/// Order makes it safe. The envelope is durable before its entry is written, entries before the
/// tiles over them, tiles before the checkpoint over these, and an append is acknowledged after
/// that. A crash can leave only entries beyond the checkpoint; [Ledger#open] takes them in, because
/// a name that was written once cannot be written otherwise. What contradicts the checkpoint stops
/// it instead. On a POSIX file system the files of a batch become durable together, as one record
/// of a journal, before they get their names.
///
/// ```java
/// try (PosixStorage storage = PosixStorage.exclusive(folder)) {
///   Ledger.create(storage, keys, clock);
///   try (Ledger ledger = Ledger.open(storage, keys, clock)) {
///     Entry entry = Entry.about(envelope, "inspection", clock.instant(), "p1", List.of(subject));
///     long index = ledger.append(entry, envelope).index();
///     Files.writeString(file, ledger.prove(index).toString());
///   }
/// }
/// ```
///
/// [Audit] walks a whole log and names the first tile or entry that is wrong. [Witness] is what one
/// log checks of another before it cosigns.
@NullMarked
package dev.vidimus.evidence.ledger;

import org.jspecify.annotations.NullMarked;
