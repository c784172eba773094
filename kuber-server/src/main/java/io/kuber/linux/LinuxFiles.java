package io.kuber.linux;

import static io.kuber.linux.Kernel.call;
import static io.kuber.linux.Kernel.check;
import static io.kuber.linux.Kernel.uninterrupted;

import java.util.Optional;

/** The verbs on files and descriptors, made for real; keeps nothing, so it needs no class. */
interface LinuxFiles extends FileCalls {
  int STATFS_BYTES = 120;
  int STATX_BYTES = 256;
  int STATX_BASIC = 0x7ff;

  /** What {@code stx_blocks} counts in, whatever the file system does. */
  long STATX_BLOCK = 512;

  /** {@code struct open_how}: flags, mode, resolve. */
  int OPEN_HOW_BYTES = 24;

  @Override
  default Room statfs(String path) {
    Memory memory = Kernel.scratch(path.length() * 4);
    long room = memory.space(STATFS_BYTES);
    check(uninterrupted(Call.STATFS, memory.string(path), room), Call.STATFS, path);
    long block = memory.getLong(room + 8);
    return new Room(
        memory.getLong(room + 16) * block,
        memory.getLong(room + 24) * block,
        memory.getLong(room + 32) * block,
        memory.getLong(room + 40),
        memory.getLong(room + 48));
  }

  @Override
  default Extent statx(String path) {
    Memory memory = Kernel.scratch(path.length() * 4);
    long facts = memory.space(STATX_BYTES);
    long result =
        Kernel.tryCall(
            Call.STATX,
            Uapi.AT_FDCWD,
            memory.string(path),
            Uapi.AT_SYMLINK_NOFOLLOW,
            STATX_BASIC,
            facts);
    check(result, Call.STATX, path);
    return new Extent(
        memory.getLong(facts + 32),
        memory.getInt(facts + 16),
        memory.getLong(facts + 48) * STATX_BLOCK);
  }

  @Override
  default int open(String path, int flags, int mode) {
    Memory memory = Kernel.scratch(path.length() * 4);
    long result =
        uninterrupted(
            Call.OPENAT, Uapi.AT_FDCWD, memory.string(path), flags | Uapi.O_CLOEXEC, mode);
    return (int) check(result, Call.OPENAT, path, "0x" + Integer.toHexString(flags));
  }

  @Override
  default int openBelow(int directory, String path, int flags, int mode, long resolve) {
    Memory memory = Kernel.scratch(path.length() * 4);
    long how = memory.space(OPEN_HOW_BYTES);
    memory.putLong(how, flags | Uapi.O_CLOEXEC);
    memory.putLong(how + 8, mode);
    memory.putLong(how + 16, resolve);
    long result = uninterrupted(Call.OPENAT2, directory, memory.string(path), how, OPEN_HOW_BYTES);
    return (int) check(result, Call.OPENAT2, directory, path, "0x" + Integer.toHexString(flags));
  }

  @Override
  default void close(int descriptor) {
    call(Call.CLOSE, descriptor);
  }

  @Override
  default int read(int descriptor, byte[] into, int offset, int length) {
    Memory memory = Kernel.scratch(length);
    long buffer = memory.space(length);
    long count = uninterrupted(Call.READ, descriptor, buffer, length);
    check(count, Call.READ, descriptor, length + " bytes");
    memory.read(buffer, into, offset, (int) count);
    return (int) count;
  }

  @Override
  default int write(int descriptor, byte[] bytes, int offset, int length) {
    Memory memory = Kernel.scratch(length);
    long buffer = memory.bytes(bytes, offset, length);
    long count = uninterrupted(Call.WRITE, descriptor, buffer, length);
    return (int) check(count, Call.WRITE, descriptor, length + " bytes");
  }

  @Override
  default Pipe pipe() {
    Memory memory = Kernel.scratch(0);
    long ends = memory.space(8);
    call(Call.PIPE2, ends, Uapi.O_CLOEXEC);
    return new Pipe(memory.getInt(ends), memory.getInt(ends + 4));
  }

  @Override
  default long fcntl(int descriptor, int command, long argument) {
    return call(Call.FCNTL, descriptor, command, argument);
  }

  @Override
  default long ioctl(int descriptor, long request, byte[] argument) {
    Memory memory = Kernel.scratch(argument.length);
    long address = memory.bytes(argument);
    long result = Kernel.tryCall(Call.IOCTL, descriptor, request, address);
    check(result, Call.IOCTL, descriptor, "0x" + Long.toHexString(request));
    memory.read(address, argument, 0, argument.length);
    return result;
  }

  @Override
  default int memfd(String name, int flags) {
    Memory memory = Kernel.scratch(name.length() * 4);
    long result = Kernel.tryCall(Call.MEMFD_CREATE, memory.string(name), flags | Uapi.MFD_CLOEXEC);
    return (int) check(result, Call.MEMFD_CREATE, name, flags);
  }

  @Override
  default void truncate(int descriptor, long size) {
    call(Call.FTRUNCATE, descriptor, size);
  }

  @Override
  default void chmod(int descriptor, int mode) {
    call(Call.FCHMOD, descriptor, mode);
  }

  @Override
  default void setAttribute(int descriptor, String name, byte[] value) {
    Memory memory = Kernel.scratch(name.length() * 4 + value.length);
    long result =
        Kernel.tryCall(
            Call.FSETXATTR, descriptor, memory.string(name), memory.bytes(value), value.length, 0);
    check(result, Call.FSETXATTR, descriptor, name, value.length + " bytes");
  }

  @Override
  default Optional<byte[]> attribute(int descriptor, String name, int most) {
    Memory memory = Kernel.scratch(name.length() * 4 + most);
    long value = memory.space(most);
    long result = Kernel.tryCall(Call.FGETXATTR, descriptor, memory.string(name), value, most);
    if (result == -Errno.ENODATA.number() || result == -Errno.EOPNOTSUPP.number()) {
      return Optional.empty();
    }
    check(result, Call.FGETXATTR, descriptor, name);
    byte[] bytes = new byte[(int) result];
    memory.read(value, bytes, 0, bytes.length);
    return Optional.of(bytes);
  }

  @Override
  default void syncFileSystem(int descriptor) {
    call(Call.SYNCFS, descriptor);
  }
}
