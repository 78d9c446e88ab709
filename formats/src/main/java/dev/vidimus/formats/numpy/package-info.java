/// Reads NumPy's array files (NPY 1.0 to 3.0) by the rules of `numpy.lib.format`.
///
/// The header is a Python literal. [PyLiteralParser] reads the few forms that a header may have and
/// evaluates nothing; [DescrReader] turns `descr` into a [NumpyType]; [NpyReader] checks that the
/// data fit. What matters to whoever loads the file is [NumpyType#hasObjects()]: such an array is
/// followed not by numbers but by a pickle.
@NullMarked
package dev.vidimus.formats.numpy;

import org.jspecify.annotations.NullMarked;
