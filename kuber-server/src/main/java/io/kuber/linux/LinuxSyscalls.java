package io.kuber.linux;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** The verbs on the kernel of this machine. */
final class LinuxSyscalls implements Syscalls {
  static final Syscalls INSTANCE = new LinuxSyscalls();

  /** The size of {@code siginfo_t}, and where it keeps how and with what a child ended. */
  private static final int SIGINFO_BYTES = 128;

  private static final int SIGINFO_CODE = 8;
  private static final int SIGINFO_STATUS = 24;

  /** {@code struct epoll_event} is packed on x86-64 and aligned elsewhere. */
  private static final int EPOLL_DATA = Architecture.host() == Architecture.X86_64 ? 4 : 8;

  private static final int EPOLL_EVENT_BYTES = EPOLL_DATA + 8;
  private static final int EPOLL_CTL_ADD = 1;
  private static final int EPOLL_CTL_DEL = 2;

  private static final int STATFS_BYTES = 120;
  private static final int STATX_BYTES = 256;
  private static final int STATX_BASIC = 0x7ff;

  /** What {@code stx_blocks} counts in, whatever the file system does. */
  private static final long STATX_BLOCK = 512;

  /** {@code struct open_how}: flags, mode, resolve. */
  private static final int OPEN_HOW_BYTES = 24;

  private static final int BPF_PROG_LOAD = 5;
  private static final int BPF_PROG_ATTACH = 8;
  private static final int BPF_ATTRIBUTE_BYTES = 128;

  /** Where {@code struct statx} keeps the mode, and the mask that asks for it. */
  private static final int STATX_MODE = 28;

  private static final int STATX_TYPE_AND_MODE = 3;

  private LinuxSyscalls() {}

  private static long check(long result, Call call, Object... arguments) {
    if (result < 0) {
      throw SyscallException.of(call, result, arguments);
    }
    return result;
  }

  /** Makes a call that takes only numbers. */
  private static int call(Call call, long... arguments) {
    long result = Kernel.tryCall(call, arguments);
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
  private static long uninterrupted(Call call, long... arguments) {
    long result = Kernel.tryCall(call, arguments);
    while (result == -Errno.EINTR.number()) {
      result = Kernel.tryCall(call, arguments);
    }
    return result;
  }

  @Override
  public Room statfs(String path) {
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
  public Extent statx(String path) {
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
  public int open(String path, int flags, int mode) {
    Memory memory = Kernel.scratch(path.length() * 4);
    long result =
        uninterrupted(
            Call.OPENAT, Uapi.AT_FDCWD, memory.string(path), flags | Uapi.O_CLOEXEC, mode);
    return (int) check(result, Call.OPENAT, path, "0x" + Integer.toHexString(flags));
  }

  @Override
  public int openBelow(int directory, String path, int flags, int mode, long resolve) {
    Memory memory = Kernel.scratch(path.length() * 4);
    long how = memory.space(OPEN_HOW_BYTES);
    memory.putLong(how, flags | Uapi.O_CLOEXEC);
    memory.putLong(how + 8, mode);
    memory.putLong(how + 16, resolve);
    long result = uninterrupted(Call.OPENAT2, directory, memory.string(path), how, OPEN_HOW_BYTES);
    return (int) check(result, Call.OPENAT2, directory, path, "0x" + Integer.toHexString(flags));
  }

  @Override
  public void makeDirectory(int directory, String name, int mode) {
    Memory memory = Kernel.scratch(name.length() * 4);
    long result = Kernel.tryCall(Call.MKDIRAT, directory, memory.string(name), mode);
    check(result, Call.MKDIRAT, directory, name, Integer.toOctalString(mode));
  }

  @Override
  public void close(int descriptor) {
    call(Call.CLOSE, descriptor);
  }

  @Override
  public int read(int descriptor, byte[] into, int offset, int length) {
    Memory memory = Kernel.scratch(length);
    long buffer = memory.space(length);
    long count = uninterrupted(Call.READ, descriptor, buffer, length);
    check(count, Call.READ, descriptor, length + " bytes");
    memory.read(buffer, into, offset, (int) count);
    return (int) count;
  }

  @Override
  public int write(int descriptor, byte[] bytes, int offset, int length) {
    Memory memory = Kernel.scratch(length);
    long buffer = memory.bytes(bytes, offset, length);
    long count = uninterrupted(Call.WRITE, descriptor, buffer, length);
    return (int) check(count, Call.WRITE, descriptor, length + " bytes");
  }

  @Override
  public Pipe pipe() {
    Memory memory = Kernel.scratch(0);
    long ends = memory.space(8);
    call(Call.PIPE2, ends, Uapi.O_CLOEXEC);
    return new Pipe(memory.getInt(ends), memory.getInt(ends + 4));
  }

  @Override
  public long fcntl(int descriptor, int command, long argument) {
    return call(Call.FCNTL, descriptor, command, argument);
  }

  @Override
  public long ioctl(int descriptor, long request, byte[] argument) {
    Memory memory = Kernel.scratch(argument.length);
    long address = memory.bytes(argument);
    long result = Kernel.tryCall(Call.IOCTL, descriptor, request, address);
    check(result, Call.IOCTL, descriptor, "0x" + Long.toHexString(request));
    memory.read(address, argument, 0, argument.length);
    return result;
  }

  @Override
  public boolean awaitReadable(int descriptor, int millis) {
    Memory memory = Kernel.scratch(0);
    long poll = memory.space(8);
    memory.putInt(poll, descriptor);
    memory.putInt(poll + 4, Uapi.POLLIN);
    long timeout = millis < 0 ? 0 : memory.space(16);
    if (millis >= 0) {
      memory.putLong(timeout, millis / 1000);
      memory.putLong(timeout + 8, millis % 1000 * 1_000_000L);
    }
    return check(uninterrupted(Call.PPOLL, poll, 1, timeout), Call.PPOLL, descriptor, millis) > 0;
  }

  @Override
  public int memfd(String name, int flags) {
    Memory memory = Kernel.scratch(name.length() * 4);
    long result = Kernel.tryCall(Call.MEMFD_CREATE, memory.string(name), flags | Uapi.MFD_CLOEXEC);
    return (int) check(result, Call.MEMFD_CREATE, name, flags);
  }

  @Override
  public void truncate(int descriptor, long size) {
    call(Call.FTRUNCATE, descriptor, size);
  }

  @Override
  public void chmod(int descriptor, int mode) {
    call(Call.FCHMOD, descriptor, mode);
  }

  @Override
  public int mode(int directory, String name) {
    Memory memory = Kernel.scratch(name.length() * 4);
    long statx = memory.space(STATX_BYTES);
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
  public void makeNode(int directory, String name, int mode, int major, int minor) {
    Memory memory = Kernel.scratch(name.length() * 4);
    long device = (minor & 0xFFL) | ((long) major << 8) | ((minor & ~0xFFL) << 12);
    long result = Kernel.tryCall(Call.MKNODAT, directory, memory.string(name), mode, device);
    check(result, Call.MKNODAT, directory, name, Integer.toOctalString(mode), major, minor);
  }

  @Override
  public void makeSymbolicLink(int directory, String name, String target) {
    Memory memory = Kernel.scratch((name.length() + target.length()) * 4);
    long result =
        Kernel.tryCall(Call.SYMLINKAT, memory.string(target), directory, memory.string(name));
    check(result, Call.SYMLINKAT, target, directory, name);
  }

  @Override
  public void makeHardLink(int fromDirectory, String from, int toDirectory, String to) {
    Memory memory = Kernel.scratch((from.length() + to.length()) * 4);
    long result =
        Kernel.tryCall(
            Call.LINKAT, fromDirectory, memory.string(from), toDirectory, memory.string(to), 0);
    check(result, Call.LINKAT, fromDirectory, from, toDirectory, to);
  }

  @Override
  public void remove(int directory, String name, int flags) {
    Memory memory = Kernel.scratch(name.length() * 4);
    long result = Kernel.tryCall(Call.UNLINKAT, directory, memory.string(name), flags);
    check(result, Call.UNLINKAT, directory, name, flags);
  }

  @Override
  public void changeOwner(int directory, String name, int uid, int gid) {
    Memory memory = Kernel.scratch(name.length() * 4);
    long result =
        Kernel.tryCall(
            Call.FCHOWNAT, directory, memory.string(name), uid, gid, Uapi.AT_SYMLINK_NOFOLLOW);
    check(result, Call.FCHOWNAT, directory, name, uid, gid);
  }

  @Override
  public void changeMode(int directory, String name, int mode) {
    Memory memory = Kernel.scratch(name.length() * 4);
    long result = Kernel.tryCall(Call.FCHMODAT, directory, memory.string(name), mode);
    check(result, Call.FCHMODAT, directory, name, Integer.toOctalString(mode));
  }

  @Override
  public void changeTimes(int directory, String name, long seconds, int nanos) {
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

  @Override
  public void setAttribute(int descriptor, String name, byte[] value) {
    Memory memory = Kernel.scratch(name.length() * 4 + value.length);
    long result =
        Kernel.tryCall(
            Call.FSETXATTR, descriptor, memory.string(name), memory.bytes(value), value.length, 0);
    check(result, Call.FSETXATTR, descriptor, name, value.length + " bytes");
  }

  @Override
  public void syncFileSystem(int descriptor) {
    call(Call.SYNCFS, descriptor);
  }

  @Override
  public int epoll() {
    return call(Call.EPOLL_CREATE1, Uapi.O_CLOEXEC);
  }

  @Override
  public void epollAdd(int epoll, int descriptor, int events) {
    Memory memory = Kernel.scratch(0);
    long event = memory.space(EPOLL_EVENT_BYTES);
    memory.putInt(event, events);
    memory.putLong(event + EPOLL_DATA, descriptor);
    call(Call.EPOLL_CTL, epoll, EPOLL_CTL_ADD, descriptor, event);
  }

  @Override
  public void epollRemove(int epoll, int descriptor) {
    Memory memory = Kernel.scratch(0);
    call(Call.EPOLL_CTL, epoll, EPOLL_CTL_DEL, descriptor, memory.space(EPOLL_EVENT_BYTES));
  }

  @Override
  public int[] epollWait(int epoll, int most, int millis) {
    Memory memory = Kernel.scratch(most * EPOLL_EVENT_BYTES);
    long events = memory.space(most * EPOLL_EVENT_BYTES);
    long count = uninterrupted(Call.EPOLL_PWAIT, epoll, events, most, millis, 0, 8);
    check(count, Call.EPOLL_PWAIT, epoll, most, millis);
    int[] descriptors = new int[(int) count];
    for (int i = 0; i < descriptors.length; i++) {
      descriptors[i] = memory.getInt(events + (long) i * EPOLL_EVENT_BYTES + EPOLL_DATA);
    }
    return descriptors;
  }

  @Override
  public void mount(String source, String target, String type, long flags, String data) {
    Memory memory = Kernel.scratch((source.length() + target.length() + data.length()) * 4);
    long result =
        Kernel.tryCall(
            Call.MOUNT,
            memory.string(source),
            memory.string(target),
            type.isEmpty() ? 0 : memory.string(type),
            flags,
            data.isEmpty() ? 0 : memory.string(data));
    check(result, Call.MOUNT, source, target, type, "0x" + Long.toHexString(flags), data);
  }

  @Override
  public void umount(String target, int flags) {
    Memory memory = Kernel.scratch(target.length() * 4);
    long result = Kernel.tryCall(Call.UMOUNT2, memory.string(target), flags);
    check(result, Call.UMOUNT2, target, flags);
  }

  @Override
  public int cloneTree(int descriptor) {
    Memory memory = Kernel.scratch(0);
    int flags = Uapi.OPEN_TREE_CLONE | Uapi.AT_RECURSIVE | Uapi.AT_EMPTY_PATH | Uapi.O_CLOEXEC;
    long result = Kernel.tryCall(Call.OPEN_TREE, descriptor, memory.string(""), flags);
    return (int) check(result, Call.OPEN_TREE, descriptor);
  }

  @Override
  public void moveMount(int mount, String target) {
    Memory memory = Kernel.scratch(target.length() * 4);
    long result =
        Kernel.tryCall(
            Call.MOVE_MOUNT,
            mount,
            memory.string(""),
            Uapi.AT_FDCWD,
            memory.string(target),
            Uapi.MOVE_MOUNT_F_EMPTY_PATH);
    check(result, Call.MOVE_MOUNT, mount, target);
  }

  @Override
  public void mountAttributes(int mount, int flags, long set, long propagation) {
    Memory memory = Kernel.scratch(0);
    long attributes = memory.space(32);
    memory.putLong(attributes, set);
    memory.putLong(attributes + 16, propagation);
    long result =
        Kernel.tryCall(
            Call.MOUNT_SETATTR,
            mount,
            memory.string(""),
            flags | Uapi.AT_EMPTY_PATH,
            attributes,
            32);
    check(result, Call.MOUNT_SETATTR, mount, flags, set, propagation);
  }

  @Override
  public int fsopen(String type) {
    Memory memory = Kernel.scratch(0);
    long closeOnExec = 1;
    return (int)
        check(Kernel.tryCall(Call.FSOPEN, memory.string(type), closeOnExec), Call.FSOPEN, type);
  }

  @Override
  public void fsconfig(int filesystem, String key, String value) {
    Memory memory = Kernel.scratch(value.length() * 4);
    long result =
        Kernel.tryCall(
            Call.FSCONFIG,
            filesystem,
            Uapi.FSCONFIG_SET_STRING,
            memory.string(key),
            memory.string(value),
            0);
    check(result, Call.FSCONFIG, filesystem, key, value);
  }

  @Override
  public int fsmount(int filesystem, long attributes) {
    check(
        Kernel.tryCall(Call.FSCONFIG, filesystem, Uapi.FSCONFIG_CMD_CREATE, 0, 0, 0),
        Call.FSCONFIG,
        filesystem,
        "create");
    long closeOnExec = 1;
    return call(Call.FSMOUNT, filesystem, closeOnExec, attributes);
  }

  @Override
  public void pivotRoot(String newRoot, String oldRoot) {
    Memory memory = Kernel.scratch((newRoot.length() + oldRoot.length()) * 4);
    long result = Kernel.tryCall(Call.PIVOT_ROOT, memory.string(newRoot), memory.string(oldRoot));
    check(result, Call.PIVOT_ROOT, newRoot, oldRoot);
  }

  @Override
  public void changeDirectory(int descriptor) {
    call(Call.FCHDIR, descriptor);
  }

  @Override
  public void unshare(long flags) {
    call(Call.UNSHARE, flags);
  }

  @Override
  public void setns(int descriptor, long flags) {
    call(Call.SETNS, descriptor, flags);
  }

  @Override
  public void setHostname(String name) {
    Memory memory = Kernel.scratch(name.length() * 4);
    long result = Kernel.tryCall(Call.SETHOSTNAME, memory.string(name), name.length());
    check(result, Call.SETHOSTNAME, name);
  }

  @Override
  public long prctl(int option, long argument) {
    return call(Call.PRCTL, option, argument);
  }

  @Override
  public int loadBpf(int type, byte[] instructions) {
    Memory memory = Kernel.scratch(instructions.length);
    long attributes = memory.space(BPF_ATTRIBUTE_BYTES);
    memory.putInt(attributes, type);
    memory.putInt(attributes + 4, instructions.length / Long.BYTES);
    memory.putLong(attributes + 8, memory.bytes(instructions));
    memory.putLong(attributes + 16, memory.string("Apache"));
    long result = Kernel.tryCall(Call.BPF, BPF_PROG_LOAD, attributes, BPF_ATTRIBUTE_BYTES);
    return (int) check(result, Call.BPF, "load", type, instructions.length + " bytes");
  }

  @Override
  public void attachBpf(int program, int cgroup, int type, int flags) {
    Memory memory = Kernel.scratch(0);
    long attributes = memory.space(BPF_ATTRIBUTE_BYTES);
    memory.putInt(attributes, cgroup);
    memory.putInt(attributes + 4, program);
    memory.putInt(attributes + 8, type);
    memory.putInt(attributes + 12, flags);
    long result = Kernel.tryCall(Call.BPF, BPF_PROG_ATTACH, attributes, BPF_ATTRIBUTE_BYTES);
    check(result, Call.BPF, "attach", program, cgroup, type, flags);
  }

  @Override
  public int pidfd(int pid) {
    return call(Call.PIDFD_OPEN, pid, 0);
  }

  @Override
  public void signal(int pidfd, int signal) {
    call(Call.PIDFD_SEND_SIGNAL, pidfd, signal, 0, 0);
  }

  @Override
  public int descriptorOf(int pidfd, int number) {
    return call(Call.PIDFD_GETFD, pidfd, number, 0);
  }

  @Override
  public ChildExit awaitExit(int pidfd) {
    Memory memory = Kernel.scratch(0);
    long info = memory.space(SIGINFO_BYTES);
    check(
        uninterrupted(Call.WAITID, Uapi.P_PIDFD, pidfd, info, Uapi.WEXITED, 0), Call.WAITID, pidfd);
    boolean exited = memory.getInt(info + SIGINFO_CODE) == Uapi.CLD_EXITED;
    return new ChildExit(memory.getInt(info + SIGINFO_STATUS), !exited);
  }

  @Override
  public int socket(int domain, int type, int protocol) {
    return call(Call.SOCKET, domain, type | Uapi.SOCK_CLOEXEC, protocol);
  }

  @Override
  public SocketPair socketPair(int domain, int type) {
    Memory memory = Kernel.scratch(0);
    long ends = memory.space(8);
    call(Call.SOCKETPAIR, domain, type | Uapi.SOCK_CLOEXEC, 0, ends);
    return new SocketPair(memory.getInt(ends), memory.getInt(ends + 4));
  }

  @Override
  public void bind(int socket, byte[] address) {
    Memory memory = Kernel.scratch(address.length);
    long result = Kernel.tryCall(Call.BIND, socket, memory.bytes(address), address.length);
    check(result, Call.BIND, socket, address.length + " bytes of address");
  }

  @Override
  public int sendto(int socket, byte[] message, int flags) {
    Memory memory = Kernel.scratch(message.length);
    long result =
        uninterrupted(Call.SENDTO, socket, memory.bytes(message), message.length, flags, 0, 0);
    return (int) check(result, Call.SENDTO, socket, message.length + " bytes", flags);
  }

  @Override
  public int recvfrom(int socket, byte[] into, int flags) {
    Memory memory = Kernel.scratch(into.length);
    long buffer = memory.space(into.length);
    long count = uninterrupted(Call.RECVFROM, socket, buffer, into.length, flags, 0, 0);
    check(count, Call.RECVFROM, socket, into.length + " bytes", flags);
    memory.read(buffer, into, 0, (int) Math.min(count, into.length));
    return (int) count;
  }

  @Override
  public void setsockopt(int socket, int level, int option, int value) {
    Memory memory = Kernel.scratch(0);
    long address = memory.space(4);
    memory.putInt(address, value);
    long result = Kernel.tryCall(Call.SETSOCKOPT, socket, level, option, address, 4);
    check(result, Call.SETSOCKOPT, socket, level, option, value);
  }

  @Override
  public int peekDescriptor(int socket) {
    Memory memory = Kernel.scratch(0);
    long vector = memory.space(16);
    memory.putLong(vector, memory.space(8));
    memory.putLong(vector + 8, 1);
    int controlBytes = 24;
    long control = memory.space(controlBytes);
    long message = memory.space(56);
    ByteBuffer layout =
        ByteBuffer.allocate(56)
            .order(ByteOrder.nativeOrder())
            .putLong(16, vector)
            .putLong(24, 1)
            .putLong(32, control)
            .putLong(40, controlBytes);
    memory.write(message, layout.array());
    int flags = Uapi.MSG_CMSG_CLOEXEC | Uapi.MSG_PEEK;
    long count = uninterrupted(Call.RECVMSG, socket, message, flags);
    check(count, Call.RECVMSG, socket);
    boolean carriesDescriptor = count == 1 && memory.getInt(control + 12) == Uapi.SCM_RIGHTS;
    return carriesDescriptor ? memory.getInt(control + 16) : -1;
  }
}
