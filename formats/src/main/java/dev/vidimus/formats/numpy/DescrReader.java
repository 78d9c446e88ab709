package dev.vidimus.formats.numpy;

import dev.vidimus.artifact.FormatException;
import dev.vidimus.artifact.Printable;
import dev.vidimus.formats.numpy.NumpyType.Field;
import dev.vidimus.formats.numpy.NumpyType.Structured;
import dev.vidimus.formats.numpy.NumpyType.SubArray;
import dev.vidimus.formats.numpy.PyLiteral.Bool;
import dev.vidimus.formats.numpy.PyLiteral.Dict;
import dev.vidimus.formats.numpy.PyLiteral.ListOf;
import dev.vidimus.formats.numpy.PyLiteral.None;
import dev.vidimus.formats.numpy.PyLiteral.Text;
import dev.vidimus.formats.numpy.PyLiteral.Tuple;
import dev.vidimus.formats.numpy.PyLiteral.Whole;
import dev.vidimus.formats.tensor.Shape;
import java.util.ArrayList;
import java.util.List;

/// Turns the `descr` of a header into a type, in the way of `numpy.lib.format.descr_to_dtype`: a
/// string, a tuple of type and shape, or a list of fields.
final class DescrReader {
  private final String where;
  private final long origin;

  DescrReader(String where, long origin) {
    this.where = where;
    this.origin = origin;
  }

  NumpyType read(PyLiteral descr) throws FormatException {
    return switch (descr) {
      case Text(String text) -> new DtypeString(text, where, origin).read();
      case Tuple(List<PyLiteral> parts) when parts.size() == 2 ->
          subArray(read(parts.get(0)), parts.get(1));
      case ListOf(List<PyLiteral> fields) -> structured(fields);
      case Tuple _, Dict _, Whole _, Bool _, None _ -> throw malformed("is no type");
    };
  }

  private Structured structured(List<PyLiteral> descr) throws FormatException {
    List<Field> fields = new ArrayList<>(descr.size());
    for (PyLiteral field : descr) {
      if (!(field instanceof Tuple(List<PyLiteral> parts))
          || parts.size() < 2
          || parts.size() > 3) {
        throw malformed("has a field that is no tuple of name, type and perhaps shape");
      }
      NumpyType type = read(parts.get(1));
      fields.add(
          new Field(name(parts.get(0)), parts.size() == 3 ? subArray(type, parts.get(2)) : type));
    }
    return new Structured(fields);
  }

  /// A name, or a title and a name.
  private String name(PyLiteral name) throws FormatException {
    return switch (name) {
      case Text(String text) -> text;
      case Tuple(List<PyLiteral> parts)
          when parts.size() == 2 && parts.get(1) instanceof Text(String text) ->
          text;
      case Tuple _, ListOf _, Dict _, Whole _, Bool _, None _ ->
          throw malformed("has a field without a name");
    };
  }

  private SubArray subArray(NumpyType element, PyLiteral shape) throws FormatException {
    return new SubArray(element, shape(shape));
  }

  /// The dimensions in a tuple, or one alone.
  Shape shape(PyLiteral literal) throws FormatException {
    List<PyLiteral> dimensions =
        switch (literal) {
          case Tuple(List<PyLiteral> elements) -> elements;
          case Whole whole -> List.of(whole);
          case Text _, ListOf _, Dict _, Bool _, None _ ->
              throw malformed("has a shape of no tuple");
        };
    long[] sizes = new long[dimensions.size()];
    for (int i = 0; i < sizes.length; i++) {
      if (!(dimensions.get(i) instanceof Whole(long size)) || size < 0) {
        throw malformed("has a dimension that is no whole number from 0");
      }
      sizes[i] = size;
    }
    return Shape.of(sizes);
  }

  FormatException.Malformed malformed(String problem) {
    return new FormatException.Malformed(where, origin, Printable.of(problem, 200));
  }
}
