package io.kuber.fairness;

import io.kuber.object.KubeObject;
import io.kuber.object.Tree;

/**
 * A priority level as its object says.
 *
 * @param exempt whether its requests never wait
 * @param shares its part of all seats, beside those of the others
 * @param lendablePercent of its seats that others may have while it does not need them
 * @param borrowingPercent of its seats that it may have of others; negative without a limit
 * @param queues none for a level that refuses what finds no seat
 */
public record Level(
    String name,
    String uid,
    boolean exempt,
    long shares,
    long lendablePercent,
    long borrowingPercent,
    Queues queues) {

  /**
   * How requests of a level wait.
   *
   * @param count of queues; 0 if none may wait
   * @param hand of how many queues a flow uses the shortest
   * @param length of requests that wait in one
   */
  public record Queues(long count, int hand, long length) {
    /** Nobody waits. */
    public static final Queues NONE = new Queues(0, 0, 0);
  }

  /** What the object says. */
  public static Level of(KubeObject object) {
    Tree spec = object.spec();
    boolean exempt = spec.text("type").equals("Exempt");
    Tree own = spec.tree(exempt ? "exempt" : "limited");
    return new Level(
        object.name(),
        object.uid(),
        exempt,
        own.number(exempt ? 0 : 30, "nominalConcurrencyShares"),
        own.number(0, "lendablePercent"),
        own.number(-1, "borrowingLimitPercent"),
        queues(own.tree("limitResponse")));
  }

  private static Queues queues(Tree response) {
    if (!response.text("type").equals("Queue")) {
      return Queues.NONE;
    }
    Tree queuing = response.tree("queuing");
    return new Queues(
        queuing.number(64, "queues"),
        (int) queuing.number(8, "handSize"),
        queuing.number(50, "queueLengthLimit"));
  }
}
