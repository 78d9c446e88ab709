package dev.vidimus.evidence.keys.pkcs11;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.Arrays;

/// A module that is asked what SunPKCS11 does not tell. Nothing here needs a PIN.
///
/// Layouts are those of [PKCS#11
/// v2.40](https://docs.oasis-open.org/pkcs11/pkcs11-base/v2.40/pkcs11-base-v2.40.html) where
/// `CK_ULONG` has 64 bits and structures are not packed: Linux and macOS, not Windows.
@SuppressWarnings("restricted") // native code, which the user asked for by naming a module
final class Pkcs11Module implements AutoCloseable {
  /// What is called, with its place in the list of functions.
  enum Function {
    INITIALIZE("C_Initialize", 0),
    FINALIZE("C_Finalize", 1),
    GET_SLOT_LIST("C_GetSlotList", 4),
    GET_TOKEN_INFO("C_GetTokenInfo", 6),
    OPEN_SESSION("C_OpenSession", 12),
    CLOSE_SESSION("C_CloseSession", 13),
    GET_ATTRIBUTE_VALUE("C_GetAttributeValue", 24),
    FIND_OBJECTS_INIT("C_FindObjectsInit", 26),
    FIND_OBJECTS("C_FindObjects", 27),
    FIND_OBJECTS_FINAL("C_FindObjectsFinal", 28);

    private final String word;
    private final int index;

    Function(String word, int index) {
      this.word = word;
      this.index = index;
    }
  }

  static final long OK = 0;
  private static final long ALREADY_INITIALIZED = 0x191;

  private final Arena arena = Arena.ofConfined();
  private final MemorySegment functions;
  private final boolean started;

  /// Loads and initializes it.
  ///
  /// @throws IOException if the file is no module, or the module fails
  Pkcs11Module(Path module) throws IOException {
    boolean open = false;
    try {
      // Never unloaded: the provider uses the module, too, until the process ends.
      MemorySegment entry =
          SymbolLookup.libraryLookup(module, Arena.global())
              .find("C_GetFunctionList")
              .orElseThrow(() -> new IllegalArgumentException("it has no C_GetFunctionList"));
      MemorySegment list = arena.allocate(ValueLayout.ADDRESS);
      check("C_GetFunctionList", invoke(entry, list));
      functions =
          list.get(ValueLayout.ADDRESS, 0)
              .reinterpret(functionAt(Function.FIND_OBJECTS_FINAL.index + 1));
      long result = call(Function.INITIALIZE, MemorySegment.NULL);
      if (result != ALREADY_INITIALIZED) {
        check(Function.INITIALIZE.word, result);
      }
      started = result == OK;
      open = true;
    } catch (IllegalArgumentException e) {
      throw new IOException(module + ": no PKCS#11 module: " + e.getMessage(), e);
    } finally {
      if (!open) {
        arena.close();
      }
    }
  }

  /// Memory that lives as long as this.
  Arena arena() {
    return arena;
  }

  /// After the version, which takes as much room as a pointer.
  private static long functionAt(int index) {
    return ValueLayout.ADDRESS.byteSize() * (1L + index);
  }

  /// Calls a function.
  ///
  /// @param arguments each a [Long], a [Byte] or a [MemorySegment]
  /// @return what it returns, `CK_RV`
  long call(Function function, Object... arguments) {
    return invoke(functions.get(ValueLayout.ADDRESS, functionAt(function.index)), arguments);
  }

  /// The same, and requires that it succeeds.
  void require(Function function, Object... arguments) throws IOException {
    check(function.word, call(function, arguments));
  }

  private static long invoke(MemorySegment function, Object... arguments) {
    MemoryLayout[] layouts =
        Arrays.stream(arguments).map(Pkcs11Module::layout).toArray(MemoryLayout[]::new);
    try {
      return (long)
          Linker.nativeLinker()
              .downcallHandle(function, FunctionDescriptor.of(ValueLayout.JAVA_LONG, layouts))
              .invokeWithArguments(arguments);
    } catch (Throwable e) {
      throw new IllegalStateException("a call of a PKCS#11 module failed", e);
    }
  }

  private static MemoryLayout layout(Object argument) {
    return switch (argument) {
      case Long _ -> ValueLayout.JAVA_LONG;
      case Byte _ -> ValueLayout.JAVA_BYTE;
      case MemorySegment _ -> ValueLayout.ADDRESS;
      default -> throw new IllegalArgumentException("no argument of a function: " + argument);
    };
  }

  private static void check(String call, long result) throws IOException {
    if (result != OK) {
      throw new IOException("PKCS#11: " + call + " failed: 0x" + Long.toHexString(result));
    }
  }

  @Override
  public void close() {
    try {
      if (started) {
        call(Function.FINALIZE, MemorySegment.NULL);
      }
    } finally {
      arena.close();
    }
  }
}
