package io.kuber.node.network;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.kuber.linux.Syscalls;
import io.kuber.linux.Uapi;

/** The kernel's settings under {@code /proc/sys}, as the calling thread's namespaces see them. */
public final class Sysctl {
  private static final int LONGEST_VALUE = 64;

  private final Syscalls kernel;

  public Sysctl(Syscalls kernel) {
    this.kernel = kernel;
  }

  /** Reads a setting, such as {@code net/ipv4/ip_forward}, with one read: more give fragments. */
  public String read(String name) {
    int file = kernel.open("/proc/sys/" + name, Uapi.O_RDONLY, 0);
    try {
      byte[] value = new byte[LONGEST_VALUE];
      return new String(value, 0, kernel.read(file, value, 0, value.length), US_ASCII).strip();
    } finally {
      kernel.close(file);
    }
  }

  public void write(String name, String value) {
    int file = kernel.open("/proc/sys/" + name, Uapi.O_WRONLY, 0);
    try {
      byte[] bytes = value.getBytes(US_ASCII);
      kernel.write(file, bytes, 0, bytes.length);
    } finally {
      kernel.close(file);
    }
  }
}
