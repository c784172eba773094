package io.kuber.testkit.machine;

import io.kuber.boot.Kuber;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/** The machines of those who use a cluster under test, as many as it asks for. For any thread. */
public final class Machines {
  /** More are a loop that forgets what it has. */
  private static final int MAX_MACHINES = 1000;

  private final Kuber kuber;
  private final Consumer<String> journal;
  private final Map<String, Machine> machines = new LinkedHashMap<>();

  /**
   * Machines beside a cluster that has started.
   *
   * @param journal is told in words which of them has a wrong clock
   */
  public Machines(Kuber kuber, Consumer<String> journal) {
    this.kuber = kuber;
    this.journal = journal;
  }

  /** The machine of that name, which is there as soon as it is asked for. */
  public synchronized Machine machine(String name) {
    Machine known = machines.get(name);
    if (known != null) {
      return known;
    }
    if (machines.size() == MAX_MACHINES) {
      throw new IllegalStateException("there are " + MAX_MACHINES + " machines already");
    }
    Machine machine = new Machine(name, kuber.client(name), kuber.loops(), journal);
    machines.put(name, machine);
    return machine;
  }

  /** All clocks are right. */
  public synchronized void mend() {
    machines.values().forEach(Machine::mend);
  }
}
