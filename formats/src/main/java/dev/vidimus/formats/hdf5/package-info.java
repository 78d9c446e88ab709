/// Reads the structure of HDF5 files by the
/// [format specification](https://support.hdfgroup.org/documentation/hdf5/latest/_f_m_t3.html):
/// superblocks 0 to 3, object headers of both versions, groups of the old and the new style, links,
/// attributes that are text, external storage, filters.
///
/// [Hdf5Reader] is the door; it walks every object that the root group leads to, each once, and
/// tells an [Hdf5Listener] what it meets. The data of datasets are never read. What is stored in a
/// fractal heap (many attributes or links at one object) is reported as not read.
@NullMarked
package dev.vidimus.formats.hdf5;

import org.jspecify.annotations.NullMarked;
