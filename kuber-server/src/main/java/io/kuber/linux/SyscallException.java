package io.kuber.linux;

import java.util.Arrays;
import java.util.stream.Collectors;

/** A system call that failed: its message reads like {@code mount(proc, /proc) failed: EPERM}. */
public final class SyscallException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String call;
  private final int errno;

  /**
   * @param call the call with its arguments, such as {@code umount2(/mnt, 2)}
   * @param errno the kernel's error number, positive
   */
  public SyscallException(String call, int errno) {
    super(call + " failed: " + Errno.name(errno));
    this.call = call;
    this.errno = errno;
  }

  static SyscallException of(Call call, long result, Object... arguments) {
    String list = Arrays.stream(arguments).map(String::valueOf).collect(Collectors.joining(", "));
    return new SyscallException(call + "(" + list + ")", (int) -result);
  }

  /** The call with its arguments. */
  public String call() {
    return call;
  }

  /** The error number, positive. */
  public int errno() {
    return errno;
  }

  public boolean is(Errno expected) {
    return errno == expected.number();
  }
}
