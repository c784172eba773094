package io.kuber.container;

import com.google.common.collect.Sets;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** The parts that Linux divides root's power into, in the order of their numbers. */
public enum Capability {
  CHOWN,
  DAC_OVERRIDE,
  DAC_READ_SEARCH,
  FOWNER,
  FSETID,
  KILL,
  SETGID,
  SETUID,
  SETPCAP,
  LINUX_IMMUTABLE,
  NET_BIND_SERVICE,
  NET_BROADCAST,
  NET_ADMIN,
  NET_RAW,
  IPC_LOCK,
  IPC_OWNER,
  SYS_MODULE,
  SYS_RAWIO,
  SYS_CHROOT,
  SYS_PTRACE,
  SYS_PACCT,
  SYS_ADMIN,
  SYS_BOOT,
  SYS_NICE,
  SYS_RESOURCE,
  SYS_TIME,
  SYS_TTY_CONFIG,
  MKNOD,
  LEASE,
  AUDIT_WRITE,
  AUDIT_CONTROL,
  SETFCAP,
  MAC_OVERRIDE,
  MAC_ADMIN,
  SYSLOG,
  WAKE_ALARM,
  BLOCK_SUSPEND,
  AUDIT_READ,
  PERFMON,
  BPF,
  CHECKPOINT_RESTORE;

  /** What containerd gives by default. */
  public static final Set<Capability> DEFAULT =
      Sets.immutableEnumSet(
          CHOWN,
          DAC_OVERRIDE,
          FSETID,
          FOWNER,
          MKNOD,
          NET_RAW,
          SETGID,
          SETUID,
          SETFCAP,
          SETPCAP,
          NET_BIND_SERVICE,
          SYS_CHROOT,
          KILL,
          AUDIT_WRITE);

  public static final Set<Capability> ALL = Sets.immutableEnumSet(EnumSet.allOf(Capability.class));

  /** The number in the kernel's interface, which is the place in this list. */
  @SuppressWarnings("EnumOrdinal")
  public int number() {
    return ordinal();
  }

  /**
   * The capability of a name as pods spell it, with or without {@code CAP_}, in any case.
   *
   * @throws IllegalArgumentException when there is none of that name
   */
  public static Capability named(String name) {
    String upper = name.toUpperCase(Locale.ROOT);
    try {
      return valueOf(upper.startsWith("CAP_") ? upper.substring("CAP_".length()) : upper);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("there is no capability " + name, e);
    }
  }
}
