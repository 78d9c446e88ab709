package dev.vidimus.server.job;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Optional;
import java.util.concurrent.ThreadFactory;
import org.jspecify.annotations.Nullable;

/// Threads that get processors when nobody else wants them, and so do the threads that they start:
/// an examination may take as long as it likes, an answer may not. Linux only, where `nice(2)`
/// holds for the calling thread; elsewhere they are ordinary threads.
final class GivingWay implements ThreadFactory {
  /// A tenth of what an ordinary thread gets beside one.
  private static final int NICE = 10;

  private static final @Nullable MethodHandle CALL = call();

  private final ThreadFactory threads;

  GivingWay(String name) {
    this.threads = Thread.ofPlatform().name(name, 0).factory();
  }

  @SuppressWarnings("restricted") // one system call, with the types of its manual page
  private static @Nullable MethodHandle call() {
    Linker linker = Linker.nativeLinker();
    Optional<MemorySegment> symbol = linker.defaultLookup().find("nice");
    if (symbol.isEmpty() || !System.getProperty("os.name").equals("Linux")) {
      return null;
    }
    return linker.downcallHandle(
        symbol.get(), FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));
  }

  @Override
  public Thread newThread(Runnable work) {
    return threads.newThread(
        () -> {
          giveWay();
          work.run();
        });
  }

  private static void giveWay() {
    if (CALL != null) {
      try {
        int _ = (int) CALL.invokeExact(NICE); // a refusal leaves an ordinary thread
      } catch (RuntimeException | Error e) {
        throw e;
      } catch (Throwable e) {
        throw new IllegalStateException("a system call throws nothing", e);
      }
    }
  }
}
