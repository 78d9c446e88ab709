/// Reads git repositories, without git and without running anything that a repository asks for.
///
/// [GitBaseline] is the door: the tree of a commit, against which working files are compared.
/// Behind it, [RepositoryFolder] finds the folders, [References] and [Revision] turn a name into a
/// commit, and [ObjectStore] finds objects, loose ([LooseObject]) or packed ([PackIndex], [Pack],
/// [Delta]). The formats are those of git's own documentation: gitrepository-layout, gitrevisions,
/// gitformat-pack. Repositories with SHA-256 or reftables are named as unsupported.
@NullMarked
package dev.vidimus.formats.git;

import org.jspecify.annotations.NullMarked;
