package io.kuber.linux;

/** Mounts, attached and detached, and the root of a mount namespace. Part of {@link Syscalls}. */
public interface MountCalls {
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

  /**
   * Has a detached mount show the owners of its files as a user namespace maps them: what is {@code
   * 0} on the disk is the namespace's root.
   *
   * @param flags such as {@code AT_RECURSIVE}
   * @param userNamespace a descriptor
   */
  void mapOwners(int mount, int flags, int userNamespace);

  /** Begins a new file system of a type. */
  int fsopen(String type);

  /** Sets a string parameter of a file system that {@link #fsopen} began. */
  void fsconfig(int filesystem, String key, String value);

  /** Sets a parameter that is an open file or mount. */
  void fsconfig(int filesystem, String key, int descriptor);

  /** Makes the file system and returns it as a detached mount with {@code MOUNT_ATTR_*}. */
  int fsmount(int filesystem, long attributes);

  /** Makes the current directory's mount, {@code .}, the root of the thread's mount namespace. */
  void pivotRoot(String newRoot, String oldRoot);

  void changeDirectory(int descriptor);
}
