package io.kuber.testkit.machine;

import io.kuber.client.Client;
import io.kuber.loop.Loops;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.Consumer;

/**
 * A machine beside the cluster, on which an operator runs, or another program that asks the API:
 * with a clock of its own, which may be wrong.
 *
 * <pre>{@code
 * Machine a = cluster.machines().machine("operator-a");
 * a.skew(Duration.ofMinutes(-10));
 * a.client();                       // what it asks, it asks as operator-a
 * a.clock();                        // what it writes into leases and events
 * }</pre>
 *
 * <p>For any thread.
 */
public final class Machine {
  private final String name;
  private final Client client;
  private final SkewedLoops loops;
  private final Consumer<String> journal;

  Machine(String name, Client client, Loops loops, Consumer<String> journal) {
    this.name = name;
    this.client = client;
    this.loops = new SkewedLoops(loops);
    this.journal = journal;
  }

  /** What the test calls it. */
  public String name() {
    return name;
  }

  /** The API, with the administrator's rights; faults and its fields know it by its name. */
  public Client client() {
    return client;
  }

  /** What its clock shows. */
  public InstantSource clock() {
    return loops.clock();
  }

  /** Where its programs run: what waits, waits as long as on a machine whose clock is right. */
  public Loops loops() {
    return loops;
  }

  /** Its clock goes ahead by so much, or behind where it is negative. */
  public void skew(Duration by) {
    journal.accept("the clock of machine " + name + " is " + loops.skew(by));
  }

  void mend() {
    loops.mend();
  }
}
