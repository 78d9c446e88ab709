package dev.vidimus.evidence.ledger;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Makes everything on a file system durable by one call, `syncfs(2)`: thousands of new files cost
/// as much as a few by `fsync(2)`. Linux only.
final class WholeFileSystem {
  /// From how many files on it is cheaper than a call for each.
  static final int WORTHWHILE = 64;

  private static final int READ_ONLY_CLOSE_ON_EXEC = 0x80000;

  private static final @Nullable WholeFileSystem HERE = here();

  private final MethodHandle open;
  private final MethodHandle syncfs;
  private final MethodHandle close;

  private WholeFileSystem(MethodHandle open, MethodHandle syncfs, MethodHandle close) {
    this.open = open;
    this.syncfs = syncfs;
    this.close = close;
  }

  @SuppressWarnings("restricted") // three system calls, with the types of their manual pages
  private static @Nullable WholeFileSystem here() {
    Linker linker = Linker.nativeLinker();
    SymbolLookup symbols = linker.defaultLookup();
    Optional<MemorySegment> syncfs = symbols.find("syncfs");
    if (syncfs.isEmpty() || !System.getProperty("os.name").equals("Linux")) {
      return null;
    }
    FunctionDescriptor ofDescriptor =
        FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT);
    FunctionDescriptor ofPath =
        FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.JAVA_INT);
    return new WholeFileSystem(
        linker.downcallHandle(
            symbols.findOrThrow("open"), ofPath, Linker.Option.firstVariadicArg(2)),
        linker.downcallHandle(syncfs.get(), ofDescriptor),
        linker.downcallHandle(symbols.findOrThrow("close"), ofDescriptor));
  }

  /// @param folder on the file system
  /// @return false if this system has no such call
  /// @throws IOException if something could not be made durable
  static boolean sync(Path folder) throws IOException {
    if (HERE == null) {
      return false;
    }
    HERE.run(folder);
    return true;
  }

  private void run(Path folder) throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment path = arena.allocateFrom(folder.toRealPath().toString());
      int descriptor = (int) open.invokeExact(path, READ_ONLY_CLOSE_ON_EXEC);
      if (descriptor < 0) {
        throw new IOException(folder + ": cannot be opened to make its file system durable");
      }
      int failed = (int) syncfs.invokeExact(descriptor);
      int notClosed = (int) close.invokeExact(descriptor);
      if (failed != 0 || notClosed != 0) {
        throw new IOException(folder + ": its file system could not be made durable");
      }
    } catch (IOException | RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException("a system call throws nothing", e);
    }
  }
}
