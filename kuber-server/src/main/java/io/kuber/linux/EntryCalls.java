package io.kuber.linux;

/**
 * Entries of a directory that somebody else may have filled. Names are single components; the
 * directory may be a descriptor opened with {@code O_PATH}. Part of {@link Syscalls}.
 */
public interface EntryCalls {
  /** Makes a directory in a directory, less the process's mask; {@code name} has no slash. */
  void makeDirectory(int directory, String name, int mode);

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
}
