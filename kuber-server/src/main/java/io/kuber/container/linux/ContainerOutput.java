package io.kuber.container.linux;

import io.kuber.container.OutputSink;
import io.kuber.container.OutputSink.Stream;
import io.kuber.linux.Errno;
import io.kuber.linux.SyscallException;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * What a container writes, on its way to whoever wants it. The pump's thread reads; the lock guards
 * the descriptors, each of which is closed at its end.
 */
final class ContainerOutput {
  private static final int READ_BYTES = 1 << 16;

  private final Machine machine;
  private final List<OutputSink> sinks = new CopyOnWriteArrayList<>();

  // Guarded by this; -1 once closed.
  private int stdout;
  private int stderr;

  /** Reads {@code ends}, which this closes, for a first {@code sink}. */
  ContainerOutput(Machine machine, Stdio.Ends ends, OutputSink sink) {
    this.machine = machine;
    this.stdout = ends.stdout();
    this.stderr = ends.stderr();
    sinks.add(sink);
  }

  /** Lets the pump read; to be called once. */
  void watch() {
    for (Stream stream : Stream.values()) {
      int descriptor = descriptor(stream);
      if (descriptor >= 0) {
        machine.pump().watch(descriptor, () -> pumpOnce(stream));
      }
    }
  }

  void add(OutputSink sink) {
    sinks.add(sink);
  }

  void remove(OutputSink sink) {
    sinks.remove(sink);
  }

  private synchronized int descriptor(Stream stream) {
    return stream == Stream.STDOUT ? stdout : stderr;
  }

  /** Reads once and hands over; at the end of the stream, closes it and returns false. */
  private boolean pumpOnce(Stream stream) {
    byte[] buffer = new byte[READ_BYTES];
    int count = read(descriptor(stream), buffer);
    if (count == 0) {
      closeRead(stream);
      return false;
    }
    byte[] bytes = Arrays.copyOf(buffer, count);
    sinks.forEach(sink -> sink.accept(stream, bytes));
    return true;
  }

  private int read(int descriptor, byte[] buffer) {
    try {
      return machine.linux().read(descriptor, buffer, 0, buffer.length);
    } catch (SyscallException e) {
      if (e.is(Errno.EIO)) {
        return 0; // A terminal that nobody has open any more.
      }
      throw e;
    }
  }

  private synchronized void closeRead(Stream stream) {
    int descriptor = descriptor(stream);
    machine.pump().unwatch(descriptor);
    machine.linux().close(descriptor);
    if (stream == Stream.STDOUT) {
      stdout = -1;
    } else {
      stderr = -1;
    }
  }

  /** Hands over what is left when nobody writes any more, and closes. */
  void drain() {
    for (Stream stream : Stream.values()) {
      drain(stream);
    }
  }

  private void drain(Stream stream) {
    while (descriptor(stream) >= 0 && machine.linux().awaitReadable(descriptor(stream), 0)) {
      if (!pumpOnce(stream)) {
        return;
      }
    }
    if (descriptor(stream) >= 0) {
      closeRead(stream);
    }
  }

  /** Tells everybody that nothing more will come. */
  void end() {
    sinks.forEach(OutputSink::end);
  }

  /** Sets the size of the terminal, while it is open. */
  synchronized void resize(int columns, int rows) {
    if (stdout >= 0) {
      Terminal.resize(machine.linux(), stdout, columns, rows);
    }
  }

  /** Closes what is open and tells nobody; the pump has to be closed. */
  synchronized void letGo() {
    for (Stream stream : Stream.values()) {
      if (descriptor(stream) >= 0) {
        machine.linux().close(descriptor(stream));
      }
    }
    stdout = -1;
    stderr = -1;
  }
}
