package dev.vidimus.formats.rds;

/// The numbers by which a stream says what an object is (`Rinternals.h`, `serialize.c`).
final class RdsType {
  static final int SYMBOL = 1;
  static final int PAIRS = 2;
  static final int CLOSURE = 3;
  static final int ENVIRONMENT = 4;
  static final int PROMISE = 5;
  static final int CALL = 6;
  static final int SPECIAL = 7;
  static final int BUILTIN = 8;
  static final int CHARACTERS = 9;
  static final int LOGICAL = 10;
  static final int INTEGER = 13;
  static final int REAL = 14;
  static final int COMPLEX = 15;
  static final int STRINGS = 16;
  static final int DOTS = 17;
  static final int LIST = 19;
  static final int EXPRESSIONS = 20;
  static final int BYTECODE = 21;
  static final int POINTER = 22;
  static final int WEAK_REFERENCE = 23;
  static final int RAW = 24;
  static final int S4 = 25;

  static final int ALTERNATIVE = 238;
  static final int PAIRS_WITH_ATTRIBUTES = 239;
  static final int CALL_WITH_ATTRIBUTES = 240;
  static final int BASE_ENVIRONMENT = 241;
  static final int EMPTY_ENVIRONMENT = 242;
  static final int SHARED_CODE = 243;
  static final int SHARED_CODE_DEFINITION = 244;
  static final int PERSISTENT = 247;
  static final int PACKAGE = 248;
  static final int NAMESPACE = 249;
  static final int BASE_NAMESPACE = 250;
  static final int MISSING_ARGUMENT = 251;
  static final int UNBOUND = 252;
  static final int GLOBAL_ENVIRONMENT = 253;
  static final int NULL = 254;
  static final int REFERENCE = 255;

  private RdsType() {}
}
