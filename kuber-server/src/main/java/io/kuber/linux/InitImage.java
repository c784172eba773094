package io.kuber.linux;

/**
 * The ELF image that every child begins as, in a memory file that nobody can change any more: not
 * even a container that gets hold of it through {@code /proc/self/exe}.
 */
final class InitImage implements AutoCloseable {
  /** What the image is called in lists of processes. */
  static final String NAME = "kuber-init";

  private static final int READ_AND_EXECUTE_BY_ALL = 0555;

  private final Syscalls linux;
  private final int descriptor;

  /** Makes the image; fails on processors that there is no machine code for. */
  InitImage(Syscalls linux) {
    this.linux = linux;
    byte[] elf = ElfImage.around(MachineCode.process());
    this.descriptor = linux.memfd(NAME, Uapi.MFD_ALLOW_SEALING);
    linux.write(descriptor, elf, 0, elf.length);
    linux.chmod(descriptor, READ_AND_EXECUTE_BY_ALL);
    int all = Uapi.F_SEAL_SEAL | Uapi.F_SEAL_SHRINK | Uapi.F_SEAL_GROW | Uapi.F_SEAL_WRITE;
    linux.fcntl(descriptor, Uapi.F_ADD_SEALS, all);
  }

  int descriptor() {
    return descriptor;
  }

  @Override
  public void close() {
    linux.close(descriptor);
  }
}
