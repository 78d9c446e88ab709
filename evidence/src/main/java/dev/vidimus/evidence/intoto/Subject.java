package dev.vidimus.evidence.intoto;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/// What a statement is about. Its digests say what; its name is information only.
///
/// @param name empty if there is none
/// @param digest by algorithm, in hex; at least one
public record Subject(String name, Map<String, String> digest) {
  public Subject {
    digest = Collections.unmodifiableMap(new LinkedHashMap<>(digest));
  }
}
