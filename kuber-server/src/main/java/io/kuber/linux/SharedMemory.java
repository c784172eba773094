package io.kuber.linux;

/** Memory shared with a child process through a descriptor; unmapped and closed by its owner. */
final class SharedMemory implements AutoCloseable {
  private static final int PROT_READ_WRITE = 3;
  private static final int MAP_SHARED = 1;

  private final Syscalls linux;
  private final int descriptor;
  private final long address;
  private final int size;

  SharedMemory(Syscalls linux, int size) {
    this.linux = linux;
    this.size = size;
    this.descriptor = linux.memfd("kuber-program", 0);
    linux.truncate(descriptor, size);
    this.address = Kernel.tryCall(Call.MMAP, 0, size, PROT_READ_WRITE, MAP_SHARED, descriptor, 0);
    if (address < 0) {
      linux.close(descriptor);
      throw SyscallException.of(Call.MMAP, address, size, descriptor);
    }
  }

  int descriptor() {
    return descriptor;
  }

  /** The memory, with addresses as they are in a process that maps it at {@code base}. */
  Memory seenFrom(long base) {
    return Memory.mapping(address, size, base);
  }

  @Override
  public void close() {
    Kernel.tryCall(Call.MUNMAP, address, size);
    linux.close(descriptor);
  }
}
