package io.kuber.container.linux;

import io.kuber.container.Device;
import io.kuber.container.Resources;
import io.kuber.container.Usage;
import io.kuber.linux.Program;
import java.util.List;
import java.util.OptionalInt;

/** A control group: the processes of one container, what they may use and what they use. */
interface Cgroup {
  /** Makes the group with limits; a limit without its controller is refused. */
  void make(Resources limits);

  /** Changes the limits of a group that there is; those that are not set are lifted. */
  void limit(Resources limits);

  /** Lets the group use harmless devices and these only; to be called on a fresh group. */
  void restrictDevices(List<Device> more);

  /**
   * Opens what a child needs to get into the group. The caller closes the descriptors.
   *
   * @return descriptors that {@link #join} takes
   */
  List<Integer> open();

  /** The descriptor to clone a child into directly, if the version can do that. */
  OptionalInt cloneTarget(List<Integer> opened);

  /** Adds the steps by which a child gets in, when it was not cloned into the group. */
  void join(Program program, List<Integer> opened);

  /** The processes in the group. */
  List<Integer> processes();

  /** Holds up all processes in the group, or lets them go on; returns when that is so. */
  void freeze(boolean held);

  /** Ends all processes in the group and in the groups below, again until there are none. */
  void killAll();

  /** Whether the kernel killed a process because the group reached its memory limit. */
  boolean oomKilled();

  Usage usage();

  /** Removes the group; its processes have to be gone. */
  void remove();
}
