package io.kuber.linux;

import static io.kuber.linux.Kernel.check;

/** The verbs on entries of directories, made for real; keeps nothing, so it needs no class. */
interface LinuxEntries extends EntryCalls {
  /** Where {@code struct statx} keeps the mode, and the mask that asks for it. */
  int STATX_MODE = 28;

  int STATX_TYPE_AND_MODE = 3;

  @Override
  default void makeDirectory(int directory, String name, int mode) {
    Memory memory = Kernel.scratch(name.length() * 4);
    long result = Kernel.tryCall(Call.MKDIRAT, directory, memory.string(name), mode);
    check(result, Call.MKDIRAT, directory, name, Integer.toOctalString(mode));
  }

  @Override
  default int mode(int directory, String name) {
    Memory memory = Kernel.scratch(name.length() * 4);
    long statx = memory.space(LinuxFiles.STATX_BYTES);
    long result =
        Kernel.tryCall(
            Call.STATX,
            directory,
            memory.string(name),
            Uapi.AT_SYMLINK_NOFOLLOW,
            STATX_TYPE_AND_MODE,
            statx);
    if (result == -Errno.ENOENT.number()) {
      return 0;
    }
    check(result, Call.STATX, directory, name);
    // Read as the 32 bits that hold it, since mode is followed by 16 spare bits.
    return memory.getInt(statx + STATX_MODE) & 0xFFFF;
  }

  @Override
  default void makeNode(int directory, String name, int mode, int major, int minor) {
    Memory memory = Kernel.scratch(name.length() * 4);
    long device = (minor & 0xFFL) | ((long) major << 8) | ((minor & ~0xFFL) << 12);
    long result = Kernel.tryCall(Call.MKNODAT, directory, memory.string(name), mode, device);
    check(result, Call.MKNODAT, directory, name, Integer.toOctalString(mode), major, minor);
  }

  @Override
  default void makeSymbolicLink(int directory, String name, String target) {
    Memory memory = Kernel.scratch((name.length() + target.length()) * 4);
    long result =
        Kernel.tryCall(Call.SYMLINKAT, memory.string(target), directory, memory.string(name));
    check(result, Call.SYMLINKAT, target, directory, name);
  }

  @Override
  default void makeHardLink(int fromDirectory, String from, int toDirectory, String to) {
    Memory memory = Kernel.scratch((from.length() + to.length()) * 4);
    long result =
        Kernel.tryCall(
            Call.LINKAT, fromDirectory, memory.string(from), toDirectory, memory.string(to), 0);
    check(result, Call.LINKAT, fromDirectory, from, toDirectory, to);
  }

  @Override
  default void remove(int directory, String name, int flags) {
    Memory memory = Kernel.scratch(name.length() * 4);
    long result = Kernel.tryCall(Call.UNLINKAT, directory, memory.string(name), flags);
    check(result, Call.UNLINKAT, directory, name, flags);
  }

  @Override
  default void changeOwner(int directory, String name, int uid, int gid) {
    Memory memory = Kernel.scratch(name.length() * 4);
    long result =
        Kernel.tryCall(
            Call.FCHOWNAT, directory, memory.string(name), uid, gid, Uapi.AT_SYMLINK_NOFOLLOW);
    check(result, Call.FCHOWNAT, directory, name, uid, gid);
  }

  @Override
  default void changeMode(int directory, String name, int mode) {
    Memory memory = Kernel.scratch(name.length() * 4);
    long result = Kernel.tryCall(Call.FCHMODAT, directory, memory.string(name), mode);
    check(result, Call.FCHMODAT, directory, name, Integer.toOctalString(mode));
  }

  @Override
  default void changeTimes(int directory, String name, long seconds, int nanos) {
    Memory memory = Kernel.scratch(name.length() * 4);
    long times = memory.space(32);
    memory.putLong(times, seconds);
    memory.putLong(times + 8, nanos);
    memory.putLong(times + 16, seconds);
    memory.putLong(times + 24, nanos);
    long result =
        Kernel.tryCall(
            Call.UTIMENSAT, directory, memory.string(name), times, Uapi.AT_SYMLINK_NOFOLLOW);
    check(result, Call.UTIMENSAT, directory, name, seconds, nanos);
  }
}
