package dev.vidimus.policy;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import dev.cel.common.types.CelType;
import dev.cel.common.types.CelTypeProvider;
import dev.cel.common.types.ListType;
import dev.cel.common.types.SimpleType;
import dev.cel.common.types.StructType;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The sections of the facts, and the parameters of a bundle, as types of CEL.
final class FactTypes implements CelTypeProvider {
  static final String PARAMETERS = "params";

  private final ImmutableMap<String, StructType> types;

  /// @param parameters of any tier: their names and kinds are the same in all
  FactTypes(Map<String, Object> parameters) {
    ImmutableMap.Builder<String, StructType> all = ImmutableMap.builder();
    for (FactSchema section : FactSchema.values()) {
      all.put(
          section.word(),
          struct(
              section.word(),
              ImmutableSet.copyOf(section.fields()),
              field -> ofSchema(section, field)));
    }
    ImmutableMap.Builder<String, CelType> kinds = ImmutableMap.builder();
    parameters.forEach((name, value) -> kinds.put(name, ofValue(value)));
    ImmutableMap<String, CelType> known = kinds.buildOrThrow();
    all.put(
        PARAMETERS,
        struct(PARAMETERS, known.keySet(), name -> Optional.ofNullable(known.get(name))));
    types = all.buildOrThrow();
  }

  private static StructType struct(
      String word, ImmutableSet<String> fields, StructType.FieldResolver resolver) {
    return StructType.create("vidimus." + word, fields, resolver);
  }

  private static Optional<CelType> ofSchema(FactSchema section, String field) {
    return Optional.ofNullable(section.type(field))
        .map(
            type ->
                switch (type) {
                  case TEXT -> SimpleType.STRING;
                  case NUMBER -> SimpleType.INT;
                  case TRUTH -> SimpleType.BOOL;
                  case TEXTS -> ListType.create(SimpleType.STRING);
                });
  }

  private static CelType ofValue(Object value) {
    if (value instanceof Long) {
      return SimpleType.INT;
    }
    if (value instanceof Boolean) {
      return SimpleType.BOOL;
    }
    return value instanceof List<?> ? ListType.create(SimpleType.STRING) : SimpleType.STRING;
  }

  /// The variables that rules have, by name.
  Map<String, StructType> variables() {
    return types;
  }

  @Override
  public ImmutableList<CelType> types() {
    return ImmutableList.copyOf(types.values());
  }

  @Override
  public Optional<CelType> findType(String name) {
    return types.values().stream()
        .filter(type -> type.name().equals(name))
        .map(CelType.class::cast)
        .findFirst();
  }
}
