package dev.vidimus.evidence.keys.pkcs11;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Lists the tokens of a module. SunPKCS11 takes a slot by its number only and keeps the labels to
/// itself; to try a PIN in every slot until one takes it would lock the others. The four calls here
/// need no PIN.
///
/// Layouts are those of [PKCS#11
/// v2.40](https://docs.oasis-open.org/pkcs11/pkcs11-base/v2.40/pkcs11-base-v2.40.html) where
/// `CK_ULONG` has 64 bits and structures are not packed: Linux and macOS, not Windows.
@SuppressWarnings("restricted") // native code, which the user asked for by naming a module
final class TokenSlots implements AutoCloseable {
  private static final int INITIALIZE = 0;
  private static final int FINALIZE = 1;
  private static final int GET_SLOT_LIST = 4;
  private static final int GET_TOKEN_INFO = 6;

  private static final long OK = 0;
  private static final long ALREADY_INITIALIZED = 0x191;
  private static final long TOKEN_INITIALIZED = 0x400;
  private static final long TOKEN_INFO_BYTES = 208;
  private static final long FLAGS_AT = 96;
  private static final int MOST = 1_024;

  private static final FunctionDescriptor ONE_POINTER =
      FunctionDescriptor.of(ValueLayout.JAVA_LONG, ValueLayout.ADDRESS);

  private final Arena arena = Arena.ofConfined();
  private final MemorySegment functions;

  private TokenSlots(Path module) throws IOException {
    try {
      // Never unloaded: the provider uses the module, too, until the process ends.
      MemorySegment entry =
          SymbolLookup.libraryLookup(module, Arena.global())
              .find("C_GetFunctionList")
              .orElseThrow(() -> new IllegalArgumentException("it has no C_GetFunctionList"));
      MemorySegment list = arena.allocate(ValueLayout.ADDRESS);
      check("C_GetFunctionList", call(Linker.nativeLinker(), entry, list));
      functions = list.get(ValueLayout.ADDRESS, 0).reinterpret(functionAt(GET_TOKEN_INFO + 1));
    } catch (IllegalArgumentException e) {
      arena.close();
      throw new IOException(module + ": no PKCS#11 module: " + e.getMessage(), e);
    }
  }

  /// The initialized tokens that are there.
  ///
  /// @throws IOException if the file is no module, or the module fails
  static List<TokenSlot> of(Path module) throws IOException {
    try (TokenSlots slots = new TokenSlots(module)) {
      long started = slots.pointer(INITIALIZE, MemorySegment.NULL);
      if (started != ALREADY_INITIALIZED) {
        check("C_Initialize", started);
      }
      try {
        return slots.list();
      } finally {
        if (started == OK) {
          slots.pointer(FINALIZE, MemorySegment.NULL);
        }
      }
    }
  }

  /// After the version, which takes as much room as a pointer.
  private static long functionAt(int index) {
    return ValueLayout.ADDRESS.byteSize() * (1L + index);
  }

  private MemorySegment function(int index) {
    return functions.get(ValueLayout.ADDRESS, functionAt(index));
  }

  private long pointer(int function, MemorySegment argument) throws IOException {
    return call(Linker.nativeLinker(), function(function), argument);
  }

  private static long call(Linker linker, MemorySegment function, MemorySegment argument)
      throws IOException {
    MethodHandle handle = linker.downcallHandle(function, ONE_POINTER);
    try {
      return (long) handle.invokeExact(argument);
    } catch (Throwable e) {
      throw failed(e);
    }
  }

  private List<TokenSlot> list() throws IOException {
    MethodHandle getSlotList =
        Linker.nativeLinker()
            .downcallHandle(
                function(GET_SLOT_LIST),
                FunctionDescriptor.of(
                    ValueLayout.JAVA_LONG,
                    ValueLayout.JAVA_BYTE,
                    ValueLayout.ADDRESS,
                    ValueLayout.ADDRESS));
    MemorySegment count = arena.allocate(ValueLayout.JAVA_LONG);
    MemorySegment ids = arena.allocate(ValueLayout.JAVA_LONG, MOST);
    count.set(ValueLayout.JAVA_LONG, 0, MOST);
    try {
      check("C_GetSlotList", (long) getSlotList.invokeExact((byte) 1, ids, count));
    } catch (IOException e) {
      throw e;
    } catch (Throwable e) {
      throw failed(e);
    }
    List<TokenSlot> tokens = new ArrayList<>();
    long found = Math.min(count.get(ValueLayout.JAVA_LONG, 0), MOST);
    for (int i = 0; i < found; i++) {
      token(ids.getAtIndex(ValueLayout.JAVA_LONG, i), tokens);
    }
    return tokens;
  }

  private void token(long slot, List<TokenSlot> into) throws IOException {
    MethodHandle getTokenInfo =
        Linker.nativeLinker()
            .downcallHandle(
                function(GET_TOKEN_INFO),
                FunctionDescriptor.of(
                    ValueLayout.JAVA_LONG, ValueLayout.JAVA_LONG, ValueLayout.ADDRESS));
    MemorySegment info = arena.allocate(TOKEN_INFO_BYTES, Long.BYTES);
    long result;
    try {
      result = (long) getTokenInfo.invokeExact(slot, info);
    } catch (Throwable e) {
      throw failed(e);
    }
    // A token that was pulled out meanwhile, or was never initialized, is none.
    if (result == OK && (info.get(ValueLayout.JAVA_LONG, FLAGS_AT) & TOKEN_INITIALIZED) != 0) {
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

  private static void check(String call, long result) throws IOException {
    if (result != OK) {
      throw new IOException("PKCS#11: " + call + " failed: 0x" + Long.toHexString(result));
    }
  }

  private static IllegalStateException failed(Throwable e) {
    return new IllegalStateException("a call of a PKCS#11 module failed", e);
  }

  @Override
  public void close() {
    arena.close();
  }
}
