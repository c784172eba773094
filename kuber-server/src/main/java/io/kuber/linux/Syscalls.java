package io.kuber.linux;

/**
 * The system calls a node needs, as verbs on Java values: the seam between kuber and the kernel.
 *
 * <p>Descriptors are plain numbers that the caller closes; each is made close-on-exec. Flags are
 * the kernel's, named in {@link Uapi}. Every verb throws {@link SyscallException} when the kernel
 * refuses; verbs that can wait are repeated when a signal interrupts them. Verbs may be called from
 * any thread.
 */
public interface Syscalls {
  /** The kernel of this machine. */
  static Syscalls linux() {
    return LinuxSyscalls.INSTANCE;
  }

  /** The two ends of a pipe. */
  record Pipe(int readEnd, int writeEnd) {}

  /** The two ends of a pair of connected sockets. */
  record SocketPair(int left, int right) {}

  /**
   * How a child ended.
   *
   * @param code the exit code, or the number of the signal that ended it
   * @param signalled whether a signal ended it
   */
  record ChildExit(int code, boolean signalled) {}

  /**
   * A file system's room, in bytes and in files.
   *
   * @param available to everybody, which is less than what is free for the superuser
   */
  record Room(long capacity, long free, long available, long files, long filesFree) {}

  /**
   * What a file takes of its file system.
   *
   * @param inode tells it from others, however many names it has
   * @param bytes on the disk: less than its size if it has holes
   */
  record Extent(long inode, int links, long bytes) {}

  // Files

  /** The room of the file system in which a path is. */
  Room statfs(String path);

  /** What the file at a path takes; of a symbolic link the link itself. */
  Extent statx(String path);

  // Descriptors

  /** Opens a file; {@code mode} are the permissions of a file made by {@code O_CREAT}. */
  int open(String path, int flags, int mode);

  /**
   * Opens what {@code path} leads to from a directory, without ever leaving it ({@code openat2}).
   *
   * @param directory a descriptor of the directory
   * @param flags of {@code open}
   * @param mode the permissions of a file made by {@code O_CREAT}
   * @param resolve {@code RESOLVE_*}, all of which hold for every part of the path
   */
  int openBelow(int directory, String path, int flags, int mode, long resolve);

  /** Makes a directory in a directory, less the process's mask; {@code name} has no slash. */
  void makeDirectory(int directory, String name, int mode);

  void close(int descriptor);

  /** Reads up to {@code length} bytes, waits for the first; 0 is the end of the file. */
  int read(int descriptor, byte[] into, int offset, int length);

  /** Writes up to {@code length} bytes and says how many it took. */
  int write(int descriptor, byte[] bytes, int offset, int length);

  /** A pipe, both ends blocking. */
  Pipe pipe();

  /** {@code fcntl} with a number as argument. */
  long fcntl(int descriptor, int command, long argument);

  /** {@code ioctl} with a structure, which the kernel may change in place. */
  long ioctl(int descriptor, long request, byte[] argument);

  /** Whether reading from the descriptor would not wait, seen within {@code millis} (-1: ever). */
  boolean awaitReadable(int descriptor, int millis);

  /** Memory with a descriptor; {@code flags} as of {@code memfd_create}, close-on-exec is added. */
  int memfd(String name, int flags);

  /** Sets a file's size in bytes. */
  void truncate(int descriptor, long size);

  /** Sets a file's permissions. */
  void chmod(int descriptor, int mode);

  // Entries of a directory that somebody else filled. Names are single components; the directory
  // may be a descriptor opened with O_PATH.

  /**
   * Opens a path as if {@code directory} were the root: neither {@code ..} nor a link, absolute or
   * not, leads out of it ({@code openat2} with {@code RESOLVE_IN_ROOT}).
   */
  default int openInRoot(int directory, String path, int flags, int mode) {
    return openBelow(directory, path, flags, mode, Uapi.RESOLVE_IN_ROOT);
  }

  /** The type and permissions of an entry, links not followed; 0 when there is none. */
  int mode(int directory, String name);

  /** Makes a device, pipe or empty file; {@code mode} has the type, a device its numbers. */
  void makeNode(int directory, String name, int mode, int major, int minor);

  void makeSymbolicLink(int directory, String name, String target);

  /** Makes a further name of an entry, links not followed. */
  void makeHardLink(int fromDirectory, String from, int toDirectory, String to);

  /** Removes an entry; {@code flags} is {@code AT_REMOVEDIR} for an empty directory, or 0. */
  void remove(int directory, String name, int flags);

  /** Changes who owns an entry, links not followed. */
  void changeOwner(int directory, String name, int uid, int gid);

  /** Sets the permissions of an entry that is no symbolic link. */
  void changeMode(int directory, String name, int mode);

  /** Sets when an entry was read and written last, links not followed. */
  void changeTimes(int directory, String name, long seconds, int nanos);

  /** Sets an extended attribute of an open file or directory. */
  void setAttribute(int descriptor, String name, byte[] value);

  /** Waits until the file system of a descriptor has everything on the disk. */
  void syncFileSystem(int descriptor);

  // Events

  /** An event queue. */
  int epoll();

  /** Adds a descriptor to an event queue for {@code events}; its number comes back as the event. */
  void epollAdd(int epoll, int descriptor, int events);

  /** Takes a descriptor off an event queue. */
  void epollRemove(int epoll, int descriptor);

  /** Waits up to {@code millis} (-1: ever) for events and returns the descriptors that have any. */
  int[] epollWait(int epoll, int most, int millis);

  // Mounts

  /** Mounts; {@code type} and {@code data} may be empty. */
  void mount(String source, String target, String type, long flags, String data);

  void umount(String target, int flags);

  /** A detached copy of the mount with all below it, beginning at what a descriptor refers to. */
  int cloneTree(int descriptor);

  /** Attaches a detached mount at {@code target}. */
  void moveMount(int mount, String target);

  /**
   * Sets and clears {@code MOUNT_ATTR_*} of a mount; {@code flags} such as {@code AT_RECURSIVE}.
   */
  void mountAttributes(int mount, int flags, long set, long clear);

  /** Begins a new file system of a type. */
  int fsopen(String type);

  /** Sets a string parameter of a file system that {@link #fsopen} began. */
  void fsconfig(int filesystem, String key, String value);

  /** Makes the file system and returns it as a detached mount with {@code MOUNT_ATTR_*}. */
  int fsmount(int filesystem, long attributes);

  /** Makes the current directory's mount, {@code .}, the root of the thread's mount namespace. */
  void pivotRoot(String newRoot, String oldRoot);

  void changeDirectory(int descriptor);

  // Namespaces and processes

  /** Moves the calling thread into new namespaces, {@code CLONE_NEW*}. */
  void unshare(long flags);

  /** Moves the calling thread into the namespace that the descriptor refers to. */
  void setns(int descriptor, long flags);

  /** Sets the host name of the calling thread's UTS namespace. */
  void setHostname(String name);

  long prctl(int option, long argument);

  /**
   * Loads an eBPF program.
   *
   * @param type such as {@code BPF_PROG_TYPE_CGROUP_DEVICE}
   * @param instructions 8 bytes each
   * @return a descriptor of the program
   */
  int loadBpf(int type, byte[] instructions);

  /** Attaches an eBPF program to a control group; {@code type} says to what of it. */
  void attachBpf(int program, int cgroup, int type, int flags);

  /** A descriptor of a process. */
  int pidfd(int pid);

  /** Sends a signal to the process behind a descriptor. */
  void signal(int pidfd, int signal);

  /**
   * A copy of a descriptor of another process, which must not be better protected than this one.
   */
  int descriptorOf(int pidfd, int number);

  /** Waits for a child to end and reaps it. */
  ChildExit awaitExit(int pidfd);

  // Sockets

  int socket(int domain, int type, int protocol);

  SocketPair socketPair(int domain, int type);

  /** Binds to an address in the kernel's layout, {@code struct sockaddr}. */
  void bind(int socket, byte[] address);

  /** Sends one message to the connected peer, for netlink the kernel; returns the bytes taken. */
  int sendto(int socket, byte[] message, int flags);

  /** Receives one message, waits for it; returns its length in bytes. */
  int recvfrom(int socket, byte[] into, int flags);

  /** Sets an option that is an integer. */
  void setsockopt(int socket, int level, int option, int value);

  /**
   * A descriptor that the peer sent with {@code SCM_RIGHTS}; -1 when it is gone and sent none. The
   * message stays in the socket, so whoever else holds that gets a descriptor of its own.
   */
  int peekDescriptor(int socket);
}
