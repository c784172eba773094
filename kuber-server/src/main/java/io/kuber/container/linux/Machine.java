package io.kuber.container.linux;

import io.kuber.linux.Launcher;
import io.kuber.linux.Syscalls;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What every container of a runtime needs of it.
 *
 * @param linux the kernel
 * @param launcher starts processes
 * @param pump reads output and notices ends
 * @param clock tells the time
 * @param running those that were started and not removed, so that nothing loses sight of them
 */
record Machine(
    Syscalls linux,
    Launcher launcher,
    Pump pump,
    InstantSource clock,
    Set<LinuxContainer> running) {
  static Machine on(Syscalls linux, InstantSource clock) {
    return new Machine(
        linux, new Launcher(linux), new Pump(linux), clock, ConcurrentHashMap.newKeySet());
  }

  void forget(LinuxContainer container) {
    running.remove(container);
  }
}
