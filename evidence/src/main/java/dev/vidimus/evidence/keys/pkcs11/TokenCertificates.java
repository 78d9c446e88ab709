package dev.vidimus.evidence.keys.pkcs11;

import dev.vidimus.evidence.keys.pkcs11.Pkcs11Module.Function;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Finds a token's certificates by their id, `CKA_ID`, which key and certificate have in common.
/// SunPKCS11 pairs them by it, and then tells labels only.
final class TokenCertificates {
  private static final long SERIAL_SESSION = 4;
  private static final long CLASS = 0;
  private static final long VALUE = 0x11;
  private static final long ID = 0x102;
  private static final long CERTIFICATE = 1;
  private static final long ATTRIBUTE_BYTES = 24;
  private static final long MOST = 64;
  private static final long LARGEST = 1 << 20;

  private final Pkcs11Module module;
  private final long session;

  private TokenCertificates(Pkcs11Module module, long session) {
    this.module = module;
    this.session = session;
  }

  /// The DER of the certificates in a slot that have this id and can be seen without a PIN.
  ///
  /// @throws IOException if the module fails
  static List<byte[]> withId(Path path, long slot, byte[] id) throws IOException {
    try (Pkcs11Module module = new Pkcs11Module(path)) {
      MemorySegment handle = module.arena().allocate(ValueLayout.JAVA_LONG);
      module.require(
          Function.OPEN_SESSION,
          slot,
          SERIAL_SESSION,
          MemorySegment.NULL,
          MemorySegment.NULL,
          handle);
      long session = handle.get(ValueLayout.JAVA_LONG, 0);
      try {
        return new TokenCertificates(module, session).find(id);
      } finally {
        module.call(Function.CLOSE_SESSION, session);
      }
    }
  }

  private List<byte[]> find(byte[] id) throws IOException {
    MemorySegment template = module.arena().allocate(2 * ATTRIBUTE_BYTES, Long.BYTES);
    MemorySegment kind = module.arena().allocate(ValueLayout.JAVA_LONG);
    kind.set(ValueLayout.JAVA_LONG, 0, CERTIFICATE);
    attribute(template, 0, CLASS, kind, Long.BYTES);
    MemorySegment wanted = module.arena().allocateFrom(ValueLayout.JAVA_BYTE, id);
    attribute(template, ATTRIBUTE_BYTES, ID, wanted, id.length);
    module.require(Function.FIND_OBJECTS_INIT, session, template, 2L);
    MemorySegment found = module.arena().allocate(ValueLayout.JAVA_LONG, MOST);
    MemorySegment count = module.arena().allocate(ValueLayout.JAVA_LONG);
    try {
      module.require(Function.FIND_OBJECTS, session, found, MOST, count);
    } finally {
      module.call(Function.FIND_OBJECTS_FINAL, session);
    }
    List<byte[]> certificates = new ArrayList<>();
    for (int i = 0; i < Math.min(count.get(ValueLayout.JAVA_LONG, 0), MOST); i++) {
      certificates.add(value(found.getAtIndex(ValueLayout.JAVA_LONG, i)));
    }
    return certificates;
  }

  /// Asks for the length first, then for the bytes.
  private byte[] value(long object) throws IOException {
    MemorySegment attribute = module.arena().allocate(ATTRIBUTE_BYTES, Long.BYTES);
    attribute(attribute, 0, VALUE, MemorySegment.NULL, 0);
    module.require(Function.GET_ATTRIBUTE_VALUE, session, object, attribute, 1L);
    long length = attribute.get(ValueLayout.JAVA_LONG, 16);
    if (length < 0 || length > LARGEST) {
      throw new IOException(
          "PKCS#11: a certificate of " + Long.toUnsignedString(length) + " bytes");
    }
    MemorySegment bytes = module.arena().allocate(Math.max(length, 1));
    attribute(attribute, 0, VALUE, bytes, length);
    module.require(Function.GET_ATTRIBUTE_VALUE, session, object, attribute, 1L);
    return bytes.asSlice(0, length).toArray(ValueLayout.JAVA_BYTE);
  }

  private static void attribute(
      MemorySegment to, long at, long type, MemorySegment value, long length) {
    to.set(ValueLayout.JAVA_LONG, at, type);
    to.set(ValueLayout.ADDRESS, at + 8, value);
    to.set(ValueLayout.JAVA_LONG, at + 16, length);
  }
}
