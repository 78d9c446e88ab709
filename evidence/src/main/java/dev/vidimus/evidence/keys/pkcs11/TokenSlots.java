package dev.vidimus.evidence.keys.pkcs11;

import dev.vidimus.evidence.keys.pkcs11.Pkcs11Module.Function;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Lists the tokens of a module. SunPKCS11 takes a slot by its number only and keeps the labels to
/// itself; to try a PIN in every slot until one takes it would lock the others.
final class TokenSlots {
  private static final long TOKEN_INITIALIZED = 0x400;
  private static final long TOKEN_INFO_BYTES = 208;
  private static final long FLAGS_AT = 96;
  private static final long MOST = 1_024;

  private TokenSlots() {}

  /// The initialized tokens that are there.
  ///
  /// @throws IOException if the file is no module, or the module fails
  static List<TokenSlot> of(Path path) throws IOException {
    try (Pkcs11Module module = new Pkcs11Module(path)) {
      MemorySegment count = module.arena().allocate(ValueLayout.JAVA_LONG);
      MemorySegment ids = module.arena().allocate(ValueLayout.JAVA_LONG, MOST);
      count.set(ValueLayout.JAVA_LONG, 0, MOST);
      module.require(Function.GET_SLOT_LIST, (byte) 1, ids, count);
      List<TokenSlot> tokens = new ArrayList<>();
      long found = Math.min(count.get(ValueLayout.JAVA_LONG, 0), MOST);
      for (int i = 0; i < found; i++) {
        token(module, ids.getAtIndex(ValueLayout.JAVA_LONG, i), tokens);
      }
      return tokens;
    }
  }

  private static void token(Pkcs11Module module, long slot, List<TokenSlot> into) {
    MemorySegment info = module.arena().allocate(TOKEN_INFO_BYTES, Long.BYTES);
    long result = module.call(Function.GET_TOKEN_INFO, slot, info);
    // A token that was pulled out meanwhile, or was never initialized, is none.
    if (result == Pkcs11Module.OK
        && (info.get(ValueLayout.JAVA_LONG, FLAGS_AT) & TOKEN_INITIALIZED) != 0) {
      into.add(
          new TokenSlot(
              slot, text(info, 0, 32), text(info, 32, 32), text(info, 64, 16), text(info, 80, 16)));
    }
  }

  /// A field that is padded with spaces and not ended by zero.
  private static String text(MemorySegment info, long offset, long length) {
    byte[] bytes = info.asSlice(offset, length).toArray(ValueLayout.JAVA_BYTE);
    return new String(bytes, StandardCharsets.UTF_8).stripTrailing();
  }
}
