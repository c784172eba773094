package io.kuber.linux;

/** The kernel's constants, under the kernel's names, where x86-64 and aarch64 agree on them. */
public final class Uapi {
  // open, openat
  /** Whose flags of open(2) differ from those of x86. */
  private static final boolean ARM = Architecture.host() == Architecture.AARCH64;

  public static final int AT_FDCWD = -100;
  public static final int O_RDONLY = 0;
  public static final int O_WRONLY = 1;
  public static final int O_RDWR = 2;
  public static final int O_CREAT = 0x40;
  public static final int O_EXCL = 0x80;
  public static final int O_NOCTTY = 0x100;
  public static final int O_TRUNC = 0x200;
  public static final int O_APPEND = 0x400;
  public static final int O_NONBLOCK = 0x800;
  public static final int O_DIRECTORY = ARM ? 0x4000 : 0x10000;
  public static final int O_NOFOLLOW = ARM ? 0x8000 : 0x20000;
  public static final int O_CLOEXEC = 0x80000;
  public static final int O_PATH = 0x200000;
  public static final int AT_SYMLINK_NOFOLLOW = 0x100;
  public static final int AT_EMPTY_PATH = 0x1000;
  public static final int AT_RECURSIVE = 0x8000;

  // openat2
  public static final long RESOLVE_NO_MAGICLINKS = 2;
  public static final long RESOLVE_NO_SYMLINKS = 4;
  public static final long RESOLVE_BENEATH = 8;

  // fcntl
  public static final int F_DUPFD_CLOEXEC = 1030;
  public static final int F_GETFD = 1;
  public static final int F_SETFD = 2;
  public static final int F_SETFL = 4;
  public static final int F_ADD_SEALS = 1033;
  public static final int FD_CLOEXEC = 1;
  public static final int F_SEAL_SEAL = 1;
  public static final int F_SEAL_SHRINK = 2;
  public static final int F_SEAL_GROW = 4;
  public static final int F_SEAL_WRITE = 8;

  // memfd_create
  public static final int MFD_CLOEXEC = 1;
  public static final int MFD_ALLOW_SEALING = 2;

  // epoll, poll
  public static final int EPOLLIN = 1;
  public static final int EPOLLHUP = 0x10;
  public static final int POLLIN = 1;

  // clone3, unshare, setns
  public static final long CLONE_NEWTIME = 0x80L;
  public static final long CLONE_VM = 0x100L;
  public static final long CLONE_FS = 0x200L;
  public static final long CLONE_PIDFD = 0x1000L;
  public static final long CLONE_VFORK = 0x4000L;
  public static final long CLONE_PARENT = 0x8000L;
  public static final long CLONE_NEWNS = 0x20000L;
  public static final long CLONE_PARENT_SETTID = 0x100000L;
  public static final long CLONE_NEWCGROUP = 0x2000000L;
  public static final long CLONE_NEWUTS = 0x4000000L;
  public static final long CLONE_NEWIPC = 0x8000000L;
  public static final long CLONE_NEWUSER = 0x10000000L;
  public static final long CLONE_NEWPID = 0x20000000L;
  public static final long CLONE_NEWNET = 0x40000000L;
  public static final long CLONE_CLEAR_SIGHAND = 0x100000000L;
  public static final long CLONE_INTO_CGROUP = 0x200000000L;

  // mount, umount2
  public static final long MS_RDONLY = 1;
  public static final long MS_NOSUID = 2;
  public static final long MS_NODEV = 4;
  public static final long MS_NOEXEC = 8;
  public static final long MS_REMOUNT = 32;
  public static final long MS_NOATIME = 1024;
  public static final long MS_NODIRATIME = 2048;
  public static final long MS_BIND = 4096;
  public static final long MS_REC = 16384;
  public static final long MS_PRIVATE = 1 << 18;
  public static final long MS_SLAVE = 1 << 19;
  public static final long MS_SHARED = 1 << 20;
  public static final long MS_STRICTATIME = 1 << 24;
  public static final int MNT_DETACH = 2;
  public static final int UMOUNT_NOFOLLOW = 8;

  // open_tree, move_mount, fsconfig, fsmount, mount_setattr
  public static final int OPEN_TREE_CLONE = 1;
  public static final int MOVE_MOUNT_F_EMPTY_PATH = 4;
  public static final int MOVE_MOUNT_T_SYMLINKS = 0x10;
  public static final int FSCONFIG_SET_STRING = 1;
  public static final int FSCONFIG_SET_FD = 5;
  public static final int FSCONFIG_CMD_CREATE = 6;
  public static final long MOUNT_ATTR_RDONLY = 1;
  public static final long MOUNT_ATTR_NOSUID = 2;
  public static final long MOUNT_ATTR_NODEV = 4;
  public static final long MOUNT_ATTR_NOEXEC = 8;
  public static final long MOUNT_ATTR_IDMAP = 0x100000L;

  // waitid
  public static final int P_PID = 1;
  public static final int P_PIDFD = 3;
  public static final int WEXITED = 4;
  public static final int CLD_EXITED = 1;

  // terminals
  public static final long TCGETS = 0x5401;
  public static final long TCSETS = 0x5402;
  public static final long TIOCGWINSZ = 0x5413;
  public static final long TIOCSCTTY = 0x540E;
  public static final long TIOCSWINSZ = 0x5414;
  public static final long TIOCGPTPEER = 0x5441;
  public static final long TIOCSPTLCK = 0x40045431;

  // mknod, stat, unlinkat; openat2 with a root, which leaves out magic links as well
  public static final int S_IFMT = 0170000;
  public static final int S_IFLNK = 0120000;
  public static final int S_IFREG = 0100000;
  public static final int S_IFBLK = 0060000;
  public static final int S_IFDIR = 0040000;
  public static final int S_IFCHR = 0020000;
  public static final int S_IFIFO = 0010000;
  public static final int AT_REMOVEDIR = 0x200;
  public static final long RESOLVE_IN_ROOT = 0x10;

  // rt_sigprocmask, seccomp
  public static final int SIG_SETMASK = 2;
  public static final int SECCOMP_SET_MODE_FILTER = 1;

  // clock_gettime
  public static final int CLOCK_REALTIME = 0;

  // keyctl
  public static final int KEYCTL_JOIN_SESSION_KEYRING = 1;

  // prctl
  public static final int PR_SET_DUMPABLE = 4;
  public static final int PR_SET_KEEPCAPS = 8;
  public static final int PR_CAPBSET_DROP = 24;
  public static final int PR_SET_NO_NEW_PRIVS = 38;

  // sockets
  public static final int AF_UNIX = 1;
  public static final int AF_INET = 2;
  public static final int AF_NETLINK = 16;
  public static final int SOCK_STREAM = 1;
  public static final int SOCK_DGRAM = 2;
  public static final int SOCK_RAW = 3;
  public static final int SOCK_SEQPACKET = 5;
  public static final int SOCK_CLOEXEC = 0x80000;
  public static final int SOL_SOCKET = 1;
  public static final int SO_SNDBUF = 7;
  public static final int SO_RCVBUF = 8;
  public static final int SO_SNDBUFFORCE = 32;
  public static final int SO_RCVBUFFORCE = 33;
  public static final int SCM_RIGHTS = 1;
  public static final int MSG_PEEK = 2;
  public static final int MSG_TRUNC = 0x20;
  public static final int MSG_CMSG_CLOEXEC = 0x40000000;

  // signals
  public static final int SIGHUP = 1;
  public static final int SIGINT = 2;
  public static final int SIGKILL = 9;
  public static final int SIGTERM = 15;
  public static final int SIGCHLD = 17;

  private Uapi() {}
}
