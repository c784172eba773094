package io.kuber.linux;

import static io.kuber.linux.Kernel.call;
import static io.kuber.linux.Kernel.check;

/** The verbs on mounts, made for real; keeps nothing, so it needs no class. */
interface LinuxMounts extends MountCalls {
  @Override
  default void mount(String source, String target, String type, long flags, String data) {
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
  default void umount(String target, int flags) {
    Memory memory = Kernel.scratch(target.length() * 4);
    long result = Kernel.tryCall(Call.UMOUNT2, memory.string(target), flags);
    check(result, Call.UMOUNT2, target, flags);
  }

  @Override
  default int cloneTree(int descriptor) {
    Memory memory = Kernel.scratch(0);
    int flags = Uapi.OPEN_TREE_CLONE | Uapi.AT_RECURSIVE | Uapi.AT_EMPTY_PATH | Uapi.O_CLOEXEC;
    long result = Kernel.tryCall(Call.OPEN_TREE, descriptor, memory.string(""), flags);
    return (int) check(result, Call.OPEN_TREE, descriptor);
  }

  @Override
  default void moveMount(int mount, String target) {
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
  default void mountAttributes(int mount, int flags, long set, long propagation) {
    setAttributes(mount, flags, set, propagation, 0);
  }

  @Override
  default void mapOwners(int mount, int flags, int userNamespace) {
    setAttributes(mount, flags, Uapi.MOUNT_ATTR_IDMAP, 0, userNamespace);
  }

  /** {@code struct mount_attr}: what to set, to clear, the propagation, and a user namespace. */
  private static void setAttributes(
      int mount, int flags, long set, long propagation, int userNamespace) {
    Memory memory = Kernel.scratch(0);
    long attributes = memory.space(32);
    memory.putLong(attributes, set);
    memory.putLong(attributes + 16, propagation);
    memory.putLong(attributes + 24, userNamespace);
    long result =
        Kernel.tryCall(
            Call.MOUNT_SETATTR,
            mount,
            memory.string(""),
            flags | Uapi.AT_EMPTY_PATH,
            attributes,
            32);
    check(result, Call.MOUNT_SETATTR, mount, flags, set, propagation, userNamespace);
  }

  @Override
  default int fsopen(String type) {
    Memory memory = Kernel.scratch(0);
    long closeOnExec = 1;
    return (int)
        check(Kernel.tryCall(Call.FSOPEN, memory.string(type), closeOnExec), Call.FSOPEN, type);
  }

  @Override
  default void fsconfig(int filesystem, String key, String value) {
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
  default void fsconfig(int filesystem, String key, int descriptor) {
    Memory memory = Kernel.scratch(key.length() * 4);
    long result =
        Kernel.tryCall(
            Call.FSCONFIG, filesystem, Uapi.FSCONFIG_SET_FD, memory.string(key), 0, descriptor);
    check(result, Call.FSCONFIG, filesystem, key, descriptor);
  }

  @Override
  default int fsmount(int filesystem, long attributes) {
    check(
        Kernel.tryCall(Call.FSCONFIG, filesystem, Uapi.FSCONFIG_CMD_CREATE, 0, 0, 0),
        Call.FSCONFIG,
        filesystem,
        "create");
    long closeOnExec = 1;
    return call(Call.FSMOUNT, filesystem, closeOnExec, attributes);
  }

  @Override
  default void pivotRoot(String newRoot, String oldRoot) {
    Memory memory = Kernel.scratch((newRoot.length() + oldRoot.length()) * 4);
    long result = Kernel.tryCall(Call.PIVOT_ROOT, memory.string(newRoot), memory.string(oldRoot));
    check(result, Call.PIVOT_ROOT, newRoot, oldRoot);
  }

  @Override
  default void changeDirectory(int descriptor) {
    call(Call.FCHDIR, descriptor);
  }
}
