package io.kuber.linux;

import jnr.ffi.LibraryLoader;
import jnr.ffi.LibraryOption;
import jnr.ffi.Runtime;

/** The way into the kernel: the C library's {@code syscall} function. */
final class Kernel {
  private static final int SCRATCH_BYTES = 64 << 10;

  /** A message to the kernel that is larger than this is a mistake of the caller. */
  private static final int LARGEST_SCRATCH_BYTES = 64 << 20;

  private static final C LIBRARY =
      LibraryLoader.create(C.class).option(LibraryOption.LoadNow, true).load("c");
  private static final Runtime RUNTIME = Runtime.getRuntime(LIBRARY);
  private static final ThreadLocal<Memory> SCRATCH =
      ThreadLocal.withInitial(() -> Memory.allocate(SCRATCH_BYTES));

  private Kernel() {}

  /** What is bound of the C library. */
  public interface C {
    /**
     * Seven integers on purpose: jnr-ffi passes garbage as the sixth argument of a function that
     * has exactly six (jnr/jnr-ffi issue 181).
     */
    long syscall(long number, long a, long b, long c, long d, long e, long f);
  }

  /** Makes a call; a negative result is an error number with its sign changed. */
  static long tryCall(Call call, long... arguments) {
    long result =
        LIBRARY.syscall(
            call.number(),
            argument(arguments, 0),
            argument(arguments, 1),
            argument(arguments, 2),
            argument(arguments, 3),
            argument(arguments, 4),
            argument(arguments, 5));
    return result == -1 ? -RUNTIME.getLastError() : result;
  }

  /** Makes a call that takes only numbers; throws when the kernel refuses. */
  static int call(Call call, long... arguments) {
    long result = tryCall(call, arguments);
    if (result < 0) {
      Object[] boxed = new Object[arguments.length];
      for (int i = 0; i < boxed.length; i++) {
        boxed[i] = arguments[i];
      }
      throw SyscallException.of(call, result, boxed);
    }
    return (int) result;
  }

  /** Makes a call again for as long as signals interrupt it. */
  static long uninterrupted(Call call, long... arguments) {
    long result = tryCall(call, arguments);
    while (result == -Errno.EINTR.number()) {
      result = tryCall(call, arguments);
    }
    return result;
  }

  /** Throws when the result is an error; {@code arguments} are for its text. */
  static long check(long result, Call call, Object... arguments) {
    if (result < 0) {
      throw SyscallException.of(call, result, arguments);
    }
    return result;
  }

  private static long argument(long[] arguments, int index) {
    return index < arguments.length ? arguments[index] : 0;
  }

  /**
   * Memory of the calling thread, empty, with room for {@code size} bytes and some strings. The
   * thread keeps it reachable until its next call, so its addresses stay good.
   */
  static Memory scratch(int size) {
    if (size > LARGEST_SCRATCH_BYTES) {
      throw new IllegalArgumentException("a system call with " + size + " bytes is too large");
    }
    Memory memory = SCRATCH.get();
    if (size + SCRATCH_BYTES / 2 > memory.size()) {
      memory = Memory.allocate(size + SCRATCH_BYTES);
      SCRATCH.set(memory);
    }
    memory.clear();
    return memory;
  }
}
