package io.kuber.fairness;

/**
 * How many seats a request takes: what reads many objects costs more than what reads one
 * (apiserver, pkg/util/flowcontrol/request/list_work_estimator.go, in simple form).
 */
public final class Width {
  /** Objects that one seat stands for. */
  private static final long OBJECTS_PER_SEAT = 100;

  /** The most seats that one request takes ... */
  private static final int MOST = 10;

  /** ... and no more than this part of its level, in percent. */
  private static final int PERCENT_OF_LEVEL = 15;

  private Width() {}

  /**
   * The seats of a list, or of the beginning of a watch.
   *
   * @param objects that are looked at for it
   * @param nominal the seats that its level has by its share
   */
  public static int of(long objects, int nominal) {
    long most = Math.max(1, Math.min(MOST, (long) nominal * PERCENT_OF_LEVEL / 100));
    long wanted = (objects + OBJECTS_PER_SEAT - 1) / OBJECTS_PER_SEAT;
    return (int) Math.max(1, Math.min(most, wanted));
  }
}
