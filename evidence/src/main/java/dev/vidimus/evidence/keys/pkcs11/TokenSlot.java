package dev.vidimus.evidence.keys.pkcs11;

import org.jspecify.annotations.Nullable;

/// A token in a slot of a module.
///
/// @param id of the slot; some modules give another after a restart
/// @param label that was chosen when the token was initialized
record TokenSlot(long id, String label, String manufacturer, String model, String serial) {
  /// Whether it has every attribute that the URI names.
  boolean matches(Pkcs11Uri uri) {
    return is(uri.get("token"), label)
        && is(uri.get("manufacturer"), manufacturer)
        && is(uri.get("model"), model)
        && is(uri.get("serial"), serial)
        && is(uri.get("slot-id"), Long.toString(id));
  }

  private static boolean is(@Nullable String wanted, String found) {
    return wanted == null || wanted.equals(found);
  }
}
