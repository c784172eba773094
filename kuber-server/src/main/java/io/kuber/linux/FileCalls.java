package io.kuber.linux;

import java.util.Optional;

/** Files and their descriptors. Part of {@link Syscalls}. */
public interface FileCalls {
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

  /** The two ends of a pipe. */
  record Pipe(int readEnd, int writeEnd) {}

  /** The room of the file system in which a path is. */
  Room statfs(String path);

  /** What the file at a path takes; of a symbolic link the link itself. */
  Extent statx(String path);

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

  /**
   * Opens a path as if {@code directory} were the root: neither {@code ..} nor a link, absolute or
   * not, leads out of it ({@code openat2} with {@code RESOLVE_IN_ROOT}).
   */
  default int openInRoot(int directory, String path, int flags, int mode) {
    return openBelow(directory, path, flags, mode, Uapi.RESOLVE_IN_ROOT);
  }

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

  /** Memory with a descriptor; {@code flags} as of {@code memfd_create}, close-on-exec is added. */
  int memfd(String name, int flags);

  /** Sets a file's size in bytes. */
  void truncate(int descriptor, long size);

  /** Sets a file's permissions. */
  void chmod(int descriptor, int mode);

  /** Sets an extended attribute of an open file or directory. */
  void setAttribute(int descriptor, String name, byte[] value);

  /**
   * An extended attribute of an open file or directory; empty where it has none of that name.
   *
   * @param most bytes that it may have
   */
  Optional<byte[]> attribute(int descriptor, String name, int most);

  /** Waits until the file system of a descriptor has everything on the disk. */
  void syncFileSystem(int descriptor);
}
