package io.kuber.container.linux;

import io.kuber.linux.Syscalls;
import java.util.ArrayList;
import java.util.List;

/** Descriptors that are closed together. Owned by one thread. */
final class Descriptors implements AutoCloseable {
  private final Syscalls linux;
  private final List<Integer> open = new ArrayList<>();

  Descriptors(Syscalls linux) {
    this.linux = linux;
  }

  int add(int descriptor) {
    open.add(descriptor);
    return descriptor;
  }

  List<Integer> addAll(List<Integer> descriptors) {
    open.addAll(descriptors);
    return descriptors;
  }

  @Override
  public void close() {
    open.forEach(linux::close);
    open.clear();
  }
}
