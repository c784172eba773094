package io.kuber.container.linux;

import io.kuber.linux.Launcher;
import io.kuber.linux.Syscalls;
import java.time.InstantSource;
import java.util.function.Consumer;

/**
 * What every container of a runtime needs of it.
 *
 * @param linux the kernel
 * @param launcher starts processes
 * @param pump reads output and notices ends
 * @param clock tells the time
 * @param whenRemoved is told which container is gone
 */
record Machine(
    Syscalls linux,
    Launcher launcher,
    Pump pump,
    InstantSource clock,
    Consumer<LinuxContainer> whenRemoved) {
  void forget(LinuxContainer container) {
    whenRemoved.accept(container);
  }
}
