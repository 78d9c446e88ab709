package dev.vidimus.lineage.derive;

import dev.vidimus.lineage.tensors.TensorType;
import java.util.List;

/// Through which type values went before they were stored: converters often write F16 first, and
/// quantize that.
enum Route {
  DIRECT("direct"),
  VIA_F16("via F16"),
  VIA_BF16("via BF16");

  private final String word;

  Route(String word) {
    this.word = word;
  }

  String word() {
    return word;
  }

  /// The routes that can make a difference for a source of this type.
  static List<Route> of(TensorType source) {
    return switch (source) {
      case BF16 -> List.of(DIRECT, VIA_F16);
      case F16 -> List.of(DIRECT, VIA_BF16);
      case F8_E4M3, F8_E5M2 -> List.of(DIRECT);
      default -> List.of(DIRECT, VIA_F16, VIA_BF16);
    };
  }

  /// The rows as they are after the route.
  Rows over(Rows rows) {
    return this == DIRECT ? rows : new Through(rows, this);
  }

  private record Through(Rows rows, Route route) implements Rows {
    @Override
    public long elements() {
      return rows.elements();
    }

    @Override
    public long unit() {
      return rows.unit();
    }

    @Override
    public long bytes() {
      return rows.bytes();
    }

    @Override
    public Reader open() {
      Reader reader = rows.open();
      TensorType type = route == VIA_F16 ? TensorType.F16 : TensorType.BF16;
      return (element, count, into) -> {
        reader.read(element, count, into);
        for (int i = 0; i < count; i++) {
          into[i] = Rounding.through(into[i], type);
        }
      };
    }
  }
}
